import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GuestUser } from './qemu-arguments.ts';

/** Above the ranges that Debian, systemd and container runtimes hand out, below the largest number a user can have. */
const firstUser = 1_900_000_000;
const userCount = 100_000_000;
const nobody = 65_534;

/**
 * The user that a guest's QEMU becomes: a number of its own, computed from the server's id, so that a QEMU that was taken
 * over cannot signal or trace another one. Nothing is added to /etc/passwd. Undefined when we are not root; `nobody` in
 * a user namespace that lacks those numbers.
 */
export function guestUser(serverId: string): GuestUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!canBecome(firstUser + userCount)) return { uid: nobody, gid: nobody };
  const number = createHash('sha256').update(serverId).digest().readUInt32BE(0);
  const uid = firstUser + (number % userCount);
  return { uid, gid: uid };
}

/** uid_map has a line for each mapped range: first number inside, first number outside, length. */
function canBecome(uid: number): boolean {
  const ranges = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
  return ranges.some((line) => {
    const [inside = 0, , length = 0] = line.trim().split(/\s+/).map(Number);
    return uid >= inside && uid < inside + length;
  });
}

import type { Allowance, QuotaName } from '@unkai/contracts/quota';
import type { Flavor } from '@unkai/contracts/resources/flavor';
import { type Image, imageCan } from '@unkai/contracts/resources/image';
import { memory } from '#ui/amounts.ts';

const cloudNames = [
  'cirrus',
  'cumulus',
  'stratus',
  'nimbus',
  'altus',
  'virga',
  'lenti',
  'mist',
  'haze',
  'anvil',
] as const;

/** A free name for a new server, such as `cirrus-1`: the first of a row of clouds that no other server has. */
export function freeServerName(taken: readonly string[], seed = Math.random()): string {
  const used = new Set(taken);
  const begin = Math.floor(seed * cloudNames.length);
  for (let round = 0; ; round += 1) {
    const cloud = cloudNames[(begin + round) % cloudNames.length];
    const name = `${cloud}-${1 + Math.floor(round / cloudNames.length)}`;
    if (!used.has(name)) return name;
  }
}

type Needs = Partial<Record<QuotaName, number>>;

/** What one more server of this flavor adds to each quota. */
export function needsOf(flavor: Flavor | undefined, ports: number): Needs {
  return { servers: 1, ports, ...(flavor && { vcpus: flavor.vcpus, memoryMib: flavor.memoryMib }) };
}

/** Why the quota does not allow it, as "needs 4 vCPU, 2 are left"; undefined when it does. */
export function quotaReason(limits: readonly Allowance[], needs: Needs): string | undefined {
  for (const limit of limits) {
    const needed = needs[limit.name] ?? 0;
    const left = Math.max(0, limit.limit - limit.used);
    if (needed <= left) continue;
    const words = (amount: number) => (limit.unit === 'MiB' ? memory(amount) : String(amount));
    return `Needs ${words(needed)} ${noun(limit, needed)}, ${words(left)} left in the quota. Delete what you no longer need, or ask an operator for more.`;
  }
  return undefined;
}

function noun({ name, label }: Allowance, amount: number): string {
  if (name === 'memoryMib') return 'of memory';
  if (name === 'vcpus') return 'vCPU';
  const many = label.toLowerCase();
  return amount === 1 ? many.replace(/s$/, '') : many;
}

/** Why a server of this flavor cannot boot from this image or be paid from this quota; undefined when it can. */
export function flavorReason(
  flavor: Flavor,
  image: Image | undefined,
  limits: readonly Allowance[],
): string | undefined {
  if (image && flavor.memoryMib < image.minMemoryMib)
    return `${image.name} needs ${memory(image.minMemoryMib)} of memory.`;
  if (image && flavor.diskGib !== 0 && flavor.diskGib < image.minDiskGib) {
    return `${image.name} needs a disk of ${image.minDiskGib} GiB.`;
  }
  return quotaReason(limits, needsOf(flavor, 0));
}

/** Why no server can be made from this image now; undefined when one can. */
export function imageReason(image: Image): string | undefined {
  return imageCan.boot.reason(image) ?? undefined;
}

/** Flavors from small to large, as people compare them. */
export function bySize(flavors: readonly Flavor[]): readonly Flavor[] {
  return flavors.toSorted(
    (one, other) => one.memoryMib - other.memoryMib || one.vcpus - other.vcpus || one.diskGib - other.diskGib,
  );
}

/** `key=value` lines as metadata; the first line that is none is named. */
export function parseMetadata(text: string): { metadata: Record<string, string>; error: string | undefined } {
  const metadata: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = line.indexOf('=');
    if (at < 1) return { metadata, error: `Line ${index + 1} has no “=”: write key=value.` };
    metadata[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return { metadata, error: undefined };
}

// Who was refused what, by which request, and what the audit log knows of it: one query for thousands of requests.
import { randomUUID } from 'node:crypto';
import type { Told } from './cloud.ts';
import type { DenialWorld } from './denial-world.ts';
import { type Persona, personaNames } from './personas.ts';

/** Of nobody it is known who they are; of what is written of strangers there is a limit, which `refusals.test.ts` counts. */
const strangers: readonly Persona[] = ['nobody', 'garbage token', 'expired session', 'revoked token', 'disabled user'];

/** What a request is asked with, so that it is known again in the log. */
interface Traced {
  readonly address: string;
  readonly headers: { readonly 'x-request-id': string };
}

export interface Refusal {
  /** The operation, or the route. */
  readonly name: string;
  readonly door: string;
  readonly persona: Persona;
  readonly status: number;
  readonly address: string;
  readonly requestId: string;
}

export interface RefusalLedger {
  readonly traced: () => Traced;
  /** Notes how a request that was asked with `traced` ended. */
  readonly note: (about: Pick<Refusal, 'name' | 'door' | 'persona'>, traced: Traced, told: Told) => void;
  readonly size: () => number;
  /** What is wrong with the lines of all that was refused, in words; of what `isSilent` says there is to be none. */
  readonly faults: (isSilent: (refusal: Refusal) => boolean) => Promise<readonly string[]>;
}

export function openLedger(world: () => DenialWorld): RefusalLedger {
  const refusals: Refusal[] = [];
  let asked = 0;
  return {
    traced: () => {
      asked += 1;
      // Each from elsewhere, so that no limit of an address is reached (RFC 2544's range).
      const address = `198.18.${asked >> 8}.${asked & 255}`;
      return { address, headers: { 'x-request-id': randomUUID() } };
    },
    note: (about, { address, headers }, { status }) => {
      const isRefused = status === 401 || status === 403 || status === 404;
      if (!isRefused || strangers.includes(about.persona)) return;
      refusals.push({ ...about, status, address, requestId: headers['x-request-id'] });
    },
    size: () => refusals.length,
    faults: async (isSilent) => {
      const lines = await linesOf(world(), refusals);
      const secrets = personaNames.flatMap((name) => world().tokens.get(name) ?? []);
      return refusals.flatMap((refusal) => faultsOf(refusal, { lines, secrets, isSilent })).toSorted();
    },
  };
}

async function linesOf(world: DenialWorld, refusals: readonly Refusal[]) {
  const requestId = { in: refusals.map((refusal) => refusal.requestId) };
  const { auditLine } = world.cloud.core.database.prisma;
  return Map.groupBy(await auditLine.findMany({ where: { requestId, outcome: 'refused' } }), (line) => line.requestId);
}

interface Known {
  readonly lines: Awaited<ReturnType<typeof linesOf>>;
  readonly secrets: readonly string[];
  readonly isSilent: (refusal: Refusal) => boolean;
}

/** What needs no credential looks at none, and does not know who asks. */
const isOfStrangers = ({ name }: Refusal) => name === 'POST /auth/tokens';

function faultsOf(refusal: Refusal, { lines, secrets, isSilent }: Known): readonly string[] {
  const { name, door, persona, status, address, requestId } = refusal;
  const about = `${name} by ${door}, ${persona}, ${status}`;
  const [line, ...others] = lines.get(requestId) ?? [];
  if (isSilent(refusal)) return line === undefined ? [] : [`${about}: a line of what is none, ${line.action}`];
  if (line === undefined) return [`${about}: no line`];
  const { actorId, actorName, credentialId, action, noun } = line;
  const isKnown = actorId !== null && actorName !== '' && credentialId !== null;
  const text = JSON.stringify(line);
  return [
    ...(others.length === 0 ? [] : [`${about}: ${others.length + 1} lines`]),
    ...(isKnown || isOfStrangers(refusal) ? [] : [`${about}: ${action} does not say who`]),
    ...(line.address === address ? [] : [`${about}: ${action} does not say from where`]),
    ...(/^[a-z0-9-]+:[a-z-]+$/.test(action) && noun !== '' ? [] : [`${about}: ${action} is no noun and verb`]),
    ...(secrets.some((secret) => text.includes(secret)) ? [`${about}: a credential is in the line`] : []),
  ];
}

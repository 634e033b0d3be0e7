// Tokens: what checking one costs the process, without a network and without a database, as the hot path does it.
//   node bench/token.ts
import { randomUUID } from 'node:crypto';
import { openKeys } from '@unkai/core/keys';
import { newAuditId, signToken, verifyToken } from '@unkai/core/token';
import { type Figure, printFigures } from './measuring/figure.ts';
import { machineLine } from './measuring/machine.ts';

const measureMs = 2_000;

/** How often `work` is done in a second, on this one core. */
function perSecond(work: () => unknown): number {
  const endsAt = performance.now() + measureMs;
  let count = 0;
  for (; performance.now() < endsAt; count += 1) work();
  return (count * 1000) / measureMs;
}

const { tokens: key } = openKeys('bench'.repeat(16));
const token = signToken(
  {
    userId: randomUUID(),
    scope: { kind: 'project', projectId: randomUUID() },
    methods: ['password', 'token'],
    issuedAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
    generation: 1,
    scopeGeneration: 0,
    credential: null,
    auditIds: [newAuditId(), newAuditId()],
  },
  key,
);
perSecond(() => verifyToken(token, key));

const figures: Figure[] = [
  {
    name: 'signature of a token checked, one core',
    unit: '/s',
    measured: perSecond(() => verifyToken(token, key)),
    goal: 4_000,
    isAtLeast: true,
  },
];
printFigures(machineLine(), figures);

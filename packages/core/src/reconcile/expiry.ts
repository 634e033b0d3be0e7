import type { Reconciler } from './reconciler.ts';

const hour = 3_600_000;
const day = 24 * hour;
const month = 30 * day;

/** Removes what has served its time. Live pages need the last hour of events; a join token stays a day for the record. */
export const expiry: Reconciler = {
  name: 'expiry',
  everyMs: 60_000,
  async run({ database: { prisma } }) {
    const before = (age: number) => ({ lt: new Date(Date.now() - age) });
    await prisma.event.deleteMany({ where: { at: before(hour) } });
    await prisma.idempotencyKey.deleteMany({ where: { createdAt: before(day) } });
    await prisma.session.deleteMany({ where: { expiresAt: before(0) } });
    await prisma.revokedToken.deleteMany({ where: { expiresAt: before(0) } });
    await prisma.usedSignature.deleteMany({ where: { expiresAt: before(0) } });
    // Those that ended stay a while, so that their owners see why something stopped.
    await prisma.applicationCredential.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.trust.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.apiToken.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.userTotp.deleteMany({ where: { confirmedAt: null, createdAt: before(day) } });
    await prisma.joinToken.deleteMany({ where: { expiresAt: before(day) } });
    await prisma.consoleSession.deleteMany({
      where: { OR: [{ endedAt: before(hour) }, { usedAt: null, expiresAt: before(hour) }] },
    });
  },
};

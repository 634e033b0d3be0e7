import { restingSeconds } from '../address/address-choice.ts';
import type { Database } from '../database/database.ts';
import type { Reconciler } from './reconciler.ts';

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;
const month = 30 * day;

/** Removes what has served its time. Live pages need the last hour of events; a join token stays a day for the record. */
export const expiry: Reconciler = {
  name: 'expiry',
  everyMs: 60_000,
  async run({ database }) {
    const { prisma } = database;
    const before = (age: number) => ({ lt: new Date(Date.now() - age) });
    await prisma.event.deleteMany({ where: { at: before(hour) } });
    // Those that a long outage left behind were given up by their age.
    await prisma.webhookDelivery.updateMany({
      where: { state: 'waiting', expiresAt: before(0) },
      data: { state: 'failed', lastError: 'It could not be sent for a day.' },
    });
    await prisma.webhookDelivery.deleteMany({ where: { createdAt: before(week), state: { not: 'waiting' } } });
    await prisma.idempotencyKey.deleteMany({ where: { createdAt: before(day) } });
    await endRest(database);
    await prisma.session.deleteMany({ where: { expiresAt: before(0) } });
    await prisma.revokedToken.deleteMany({ where: { expiresAt: before(0) } });
    await prisma.usedSignature.deleteMany({ where: { expiresAt: before(0) } });
    // Those that ended stay a while, so that their owners see why something stopped.
    await prisma.applicationCredential.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.trust.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.apiToken.deleteMany({ where: { expiresAt: before(month) } });
    await prisma.mailLink.deleteMany({ where: { expiresAt: before(0) } });
    await prisma.mail.deleteMany({ where: { createdAt: before(month) } });
    await prisma.userTotp.deleteMany({ where: { confirmedAt: null, createdAt: before(day) } });
    // A link that is over says so for three months, then it never was. Who came by it is in the audit log.
    await prisma.invite.deleteMany({
      where: { OR: [{ endedAt: before(3 * month) }, { expiresAt: before(3 * month) }] },
    });
    await prisma.notification.deleteMany({ where: { createdAt: before(3 * month) } });
    await keepNewestNotifications(database);
    await prisma.joinToken.deleteMany({ where: { expiresAt: before(day) } });
    await prisma.consoleSession.deleteMany({
      where: { OR: [{ endedAt: before(hour) }, { usedAt: null, expiresAt: before(hour) }] },
    });
  },
};

const notificationsKept = 500;

/**
 * Nobody reads further back; a program that fails a thousand times a day does not fill the table. Only who was told something
 * lately can have more than before: to rank what everybody was ever told would take longer than all else here.
 */
async function keepNewestNotifications({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM notification USING (
      SELECT older.id FROM (
        SELECT DISTINCT user_id FROM notification WHERE created_at > now() - interval '10 minutes') AS told
      CROSS JOIN LATERAL (
        SELECT id FROM notification WHERE user_id = told.user_id
        ORDER BY created_at DESC, id OFFSET ${notificationsKept}) AS older
    ) AS old WHERE old.id = notification.id`;
}

/** One that a host may still answer for, as it was a floating IP there, rests on until that host has let go of it. */
async function endRest({ prisma }: Database): Promise<void> {
  const restedFrom = new Date(Date.now() - restingSeconds * 1000);
  await prisma.$executeRaw`
    DELETE FROM resting_address AS resting WHERE released_at < ${restedFrom} AND NOT EXISTS (
      SELECT FROM floating_ip_holder AS holder
      WHERE holder.network_id = resting.network_id AND holder.address = resting.address)`;
}

import { quotaCatalog, quotaName } from '@unkai/contracts/quota';
import type { Prisma } from '@unkai/prisma/client';
import type { Call } from '../call.ts';
import type { Unit } from '../database/database.ts';
import { linkTo, queueMail } from '../mail/mail.ts';
import { notify } from '../notification.ts';
import { operators } from './operator.ts';

type Told = Prisma.QuotaRequestGetPayload<{
  include: { items: true; project: { select: { name: true; domainId: true } } };
}>;

/** Tells everyone who may answer it: in the portal, and by letter whoever has an address. */
export async function tellOperators(unit: Unit, { core }: Call, request: Told): Promise<void> {
  const { id, project, requesterName, reason } = request;
  const told = await operators(unit.tx);
  await notify(unit.tx, {
    userIds: told.map((operator) => operator.id),
    tone: 'info',
    title: `${project.name} asks for more`,
    detail: `${linesOf(request).join(', ')}. ${requesterName}: ${reason}`,
    noun: 'quota-request',
    resourceId: id,
    key: `quota-request/${id}`,
  });
  const values = { project: project.name, requester: requesterName, reason, lines: linesOf(request) };
  for (const { id: userId, email } of told) {
    if (email === null) continue;
    const link = linkTo(core, '/operate/quota-requests');
    await queueMail(unit, core, { to: email, template: 'quota-asked', values: { ...values, link }, userId });
  }
}

const outcomes: Readonly<Record<string, string>> = {
  approved: 'was approved',
  partly: 'was approved in part',
  denied: 'was denied',
};

/** Tells who asked, if they are still there. */
export async function tellRequester(unit: Unit, { core }: Call, request: Told): Promise<void> {
  const { id, projectId, project, userId, state, answer } = request;
  if (userId === null) return;
  const lines = linesOf(request);
  const outcome = outcomes[state] ?? `is ${state}`;
  await notify(unit.tx, {
    userIds: [userId],
    tone: state === 'denied' ? 'warning' : 'good',
    title: `The request for more in ${project.name} ${outcome}`,
    detail: [state === 'denied' ? '' : `${lines.join(', ')}.`, answer].filter((part) => part !== '').join(' '),
    noun: 'quota-request',
    resourceId: id,
    projectId,
    key: `quota-request/${id}/answer`,
  });
  const user = await unit.tx.user.findUnique({ where: { id: userId }, select: { email: true } });
  if (user === null || user.email === null) return;
  const link = linkTo(core, `/projects/${projectId}/quotas`);
  const values = { project: project.name, outcome, answer, lines, link };
  await queueMail(unit, core, { to: user.email, template: 'quota-answered', values, userId, projectId });
}

/** `Servers: 20 → 50`, and of an answered one what was given. */
function linesOf({ items, state }: Told): string[] {
  return items.map(({ name, had, asked, granted }) => {
    const { label, unit } = quotaCatalog[quotaName.parse(name)];
    const suffix = unit === '' ? '' : ` ${unit}`;
    if (state === 'open') return `${label}: ${had} → ${asked}${suffix}`;
    return granted === null
      ? `${label}: stays ${had}${suffix}`
      : `${label}: ${had} → ${granted}${suffix} (asked ${asked})`;
  });
}

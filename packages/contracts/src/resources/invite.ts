import { z } from 'zod';
import { roleName } from '../permissions.ts';
import { namesOnePlace, onePlaceRule } from '../place.ts';
import { description, displayName, flag, id, isoTime, pageQuery } from '../primitives.ts';
import { email, password } from './user.ts';

/** Whom an invite is for. Upper and lower case are one address: no mail service of today tells them apart. */
const address = z.string().trim().toLowerCase().pipe(email);

/** How long the link of an invite counts unless it is said, and at most. */
export const inviteDays = { initial: 7, most: 30 } as const;
const expiresInDays = z.number().int().min(1).max(inviteDays.most).default(inviteDays.initial);

/** One place: a project, or a domain. */
export const inviteCreate = z
  .strictObject({
    projectId: id.optional(),
    domainId: id.optional(),
    email: address,
    role: roleName,
    /** What who is invited reads above the link. */
    message: description.default(''),
    expiresInDays,
  })
  .refine(namesOnePlace, onePlaceRule);
export const inviteQuery = pageQuery.extend({
  /** Those too that were accepted or revoked. */
  withEnded: flag.default(false),
});
export const inviteResend = z.strictObject({ id, expiresInDays });

/** What makes an invite count: the end of its link. Prefix `uki_`. */
const token = z.string().min(1).max(200);
export const inviteToken = z.strictObject({ token });
/** Becoming a user on the way. The domain is that of the invite. */
export const inviteJoin = z.strictObject({ token, name: displayName, password });

/** An open one is good until it expires; one that expired can be sent again. */
export const inviteState = z.enum(['open', 'expired', 'accepted', 'revoked']);
export type InviteState = z.infer<typeof inviteState>;

export const invite = z.object({
  id,
  projectId: id.nullable(),
  projectName: z.string().nullable(),
  /** The domain that it is for, or that of the project. */
  domainId: id,
  domainName: z.string(),
  email: z.string(),
  role: roleName,
  message: z.string(),
  state: inviteState,
  /** Null when that user is gone; then somebody else has to send it again. */
  invitedByName: z.string().nullable(),
  createdAt: isoTime,
  sentAt: isoTime,
  expiresAt: isoTime,
  endedAt: isoTime.nullable(),
  acceptedByName: z.string().nullable(),
});
export type Invite = z.infer<typeof invite>;

/** `link` is shown once, here, and only where no mail server sends it; else null. */
export const inviteSent = invite.extend({ link: z.string().nullable() });
export type InviteSent = z.infer<typeof inviteSent>;

/** What whoever holds the link is told before they decide. */
export const inviteOffer = invite.pick({
  email: true,
  role: true,
  message: true,
  projectId: true,
  projectName: true,
  domainId: true,
  domainName: true,
  invitedByName: true,
  expiresAt: true,
});
export type InviteOffer = z.infer<typeof inviteOffer>;

/** Where who accepted is now let in. */
export const inviteAccepted = z.object({
  projectId: id.nullable(),
  domainId: id,
  domainName: z.string(),
  role: roleName,
  userName: z.string(),
});

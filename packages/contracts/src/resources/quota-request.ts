import { z } from 'zod';
import { fieldRule, refusing } from '../field-rule.ts';
import { flag, id, isoTime, pageQuery, description as words } from '../primitives.ts';
import { isOffered, quotaCatalog, quotaName, quotaNames } from '../quota.ts';

/** `partly`: less was given than asked, or not of everything. Only an open one can be answered, and each only once. */
export const quotaRequestState = z.enum(['open', 'approved', 'partly', 'denied', 'withdrawn']);
export type QuotaRequestState = z.infer<typeof quotaRequestState>;

/** Limits by name, at least one. Any number is not for asking: who needs it asks an operator in person. */
const wanted = z
  .partialRecord(quotaName, z.number().int().min(1))
  .refine(
    (limits) => Object.keys(limits).length > 0,
    fieldRule('must name at least one limit', 'Name at least one limit that should be raised.'),
  )
  .superRefine((limits, context) => {
    const refuse = refusing(context);
    for (const name of quotaNames) {
      const limit = limits[name];
      if (limit === undefined) continue;
      if (!isOffered(name)) refuse(name, 'is of what this version does not make yet', 'Leave it out.');
      const { most } = quotaCatalog[name];
      if (limit > most) refuse(name, `must be at most ${most}`, `Ask for at most ${most}.`);
    }
  });

/** The limits that a project wants to have, and why. */
export const quotaRequestCreate = z.strictObject({
  limits: wanted,
  reason: words.min(1, fieldRule('must say what it is for', 'Say in a sentence what it is for.')),
});
export const quotaRequestQuery = pageQuery.extend({ isOpen: flag.optional() });

/** Without limits, all that was asked is given; with some, those, each above what the project had and not above what it asked. */
export const quotaRequestApprove = z.strictObject({ limits: wanted.optional(), answer: words.default('') });
export const quotaRequestDeny = z.strictObject({
  answer: words.min(1, fieldRule('must say why', 'Say in a sentence why not.')),
});

export const quotaRequest = z.object({
  id,
  projectId: id,
  projectName: z.string(),
  domainName: z.string(),
  requesterName: z.string(),
  reason: z.string(),
  state: quotaRequestState,
  items: z.array(
    z.object({
      name: quotaName,
      label: z.string(),
      unit: z.string(),
      /** The limit when it was asked. */
      had: z.number(),
      asked: z.number(),
      /** Null while it is open, and for what was not given. */
      granted: z.number().nullable(),
    }),
  ),
  /** What the operator said to it; may be empty. */
  answer: z.string(),
  decidedByName: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  createdAt: isoTime,
});
export type QuotaRequest = z.infer<typeof quotaRequest>;

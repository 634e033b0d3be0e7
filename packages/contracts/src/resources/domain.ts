import { z } from 'zod';
import { displayName, id, isoTime } from '../primitives.ts';

/** The domain that every installation begins with. OpenStack's clients call it `default`. */
export const defaultDomainId = '00000000-0000-4000-8000-00000000da7a';

export const domainCreate = z.strictObject({ name: displayName });
export const domainUpdate = z.strictObject({ isEnabled: z.boolean() });
export const domain = z.object({ id, name: z.string(), isEnabled: z.boolean(), createdAt: isoTime });

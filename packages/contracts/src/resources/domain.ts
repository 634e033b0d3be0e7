import { z } from 'zod';
import { displayName, id, isoTime } from '../primitives.ts';

export const domainCreate = z.strictObject({ name: displayName });
export const domainUpdate = z.strictObject({ isEnabled: z.boolean() });
export const domain = z.object({ id, name: z.string(), isEnabled: z.boolean(), createdAt: isoTime });

import { z } from 'zod';
import { roleName } from '../permissions.ts';
import { id } from '../primitives.ts';

/** `id` is that of the project. The role takes the place of all that the user was given there by name. */
export const memberUpdate = z.strictObject({ id, userId: id, role: roleName });
export const memberRemove = z.strictObject({ id, userId: id });

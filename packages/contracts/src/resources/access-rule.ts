import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { id, isoTime } from '../primitives.ts';

/** A kind of request: the only ones that an application credential with such rules is good for. */
export const accessRuleGiven = z.strictObject({
  /** Type of a service in the catalog, such as `compute`; `unkai` stands for `/v1` and everything else of our own. */
  service: z.string().min(1).max(64),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** As the service has it, such as `/v2.1/servers/{id}`. `*` and `{name}` stand for one part, `**` for any number. */
  path: z
    .string()
    .max(128)
    .regex(
      /^\/[\w.~:@%{}*/-]*$/,
      fieldRule(
        'must be a path such as /v2.1/servers/{id}',
        'Send a path that begins with "/", with no "?" and no space, such as /v2.1/servers/{id}.',
      ),
    ),
});

export const accessRule = accessRuleGiven.extend({ id, createdAt: isoTime });
export type AccessRule = z.infer<typeof accessRule>;

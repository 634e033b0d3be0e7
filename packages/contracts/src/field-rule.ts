// Rules in our own words. Each carries the sentence that mends it to the answer: zod asks a check for its words with the
// issue in hand, and copies to the error whatever the issue holds by then. `scripts/check-rules.ts` sees to it that no
// schema says something without one.
import type { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

/** What zod takes as the last argument of a check, a format or a type. */
interface CheckOptions {
  readonly error: (issue: RawIssue) => string;
}

/**
 * A rule for `.refine`, `.regex`, `z.union` and their like. `message` follows the name of the field: "must not be empty".
 * `fix` is one sentence in the imperative, true whatever was sent, and never repeats that.
 */
export function fieldRule(message: string, fix: string): CheckOptions {
  return {
    error: (issue) => {
      issue['fix'] = fix;
      return message;
    },
  };
}

/** The rule of `.min` and `.max` of a text or a list: the words come from the limit itself, and so does the fix. */
export const sizeRule: CheckOptions = {
  error: (issue) => {
    const unit = issue.origin === 'string' ? ['character', 'characters'] : ['entry', 'entries'];
    const told = (bound: unknown) => `${bound} ${bound === 1 ? unit[0] : unit[1]}`;
    if (issue.code === 'too_big') return `must have at most ${told(issue.maximum)}`;
    if (issue.code !== 'too_small') return 'must be of another size';
    return issue.minimum === 1 && issue.origin === 'string'
      ? 'must not be empty'
      : `must have at least ${told(issue.minimum)}`;
  },
};

/** What `.superRefine` and `.transform` refuse with: a field of what is checked, or the whole of it, and why. */
export function refusing(context: Pick<z.RefinementCtx, 'addIssue'>) {
  return (field: string | number | null, message: string, fix: string): void =>
    context.addIssue({ code: 'custom', path: field === null ? [] : [field], message, fix });
}

/** The mend that a rule of ours has put into its issue. */
export function ruleFix(issue: z.core.$ZodIssue): string | undefined {
  return 'fix' in issue && typeof issue.fix === 'string' ? issue.fix : undefined;
}

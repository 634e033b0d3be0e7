'use client';
import type { FieldError, Problem } from '@unkai/contracts/errors';
import { type ComponentProps, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { FieldErrors } from './field.tsx';
import { ProblemNote } from './problem.tsx';

type FormProps = {
  /** Names the form for screen readers. */
  label: string;
  /** Required, so that no form can forget to show that it was sent. */
  pending: boolean;
  /** Required, so that no form can forget to show why it failed. */
  submitError: Problem | undefined;
  children: ReactNode;
  /** The button's words, verb + noun; leave out where the button stands elsewhere in `children`. */
  submitLabel?: string;
  disabledReason?: string | undefined;
  onCancel?: () => void;
  className?: string;
} & (
  | { onSubmit: () => void }
  /**
   * For a form that the server draws, which is seen before its script is there: what was typed is kept as long as its
   * fields have a `defaultValue` and no `value`, and React hands over what was sent as soon as it can.
   */
  | { action: (sent: FormData) => void }
);

/** A form: what the API says about a field goes to that field, the rest above the button; the first fault gets focus. */
export function Form(props: FormProps) {
  const { label, pending, submitError, children, submitLabel, disabledReason, onCancel, className } = props;
  const form = useRef<HTMLFormElement>(null);
  const errors = useMemo(() => fieldErrorsOf(submitError), [submitError]);
  const [isAllMarked, setAllMarked] = useState(false);
  // Before it is painted, so that nothing said below is seen to go.
  useLayoutEffect(() => {
    if (pending) return;
    const marked = [...(form.current?.querySelectorAll<HTMLElement>('[aria-invalid="true"]') ?? [])];
    marked[0]?.focus();
    setAllMarked(isAllAt(submitError, marked));
  }, [pending, submitError]);
  return (
    <form ref={form} aria-label={label} noValidate className={className ?? 'grid gap-4'} {...sending(props)}>
      <FieldErrors value={errors}>{children}</FieldErrors>
      {submitLabel && submitError && (
        <ProblemNote problem={isAllMarked ? { ...submitError, detail: '' } : submitError} />
      )}
      {submitLabel && (
        <div className="flex flex-wrap justify-end gap-2">
          {onCancel && <Button onClick={onCancel}>Cancel</Button>}
          <Button type="submit" variant="primary" pending={pending} disabledReason={disabledReason}>
            {submitLabel}
          </Button>
        </div>
      )}
    </form>
  );
}

/** Neither way lets the browser itself send the form, which would put its fields (a password) into an address. */
function sending(props: FormProps): Pick<ComponentProps<'form'>, 'action' | 'onSubmit'> {
  if ('action' in props) return { action: props.action };
  return {
    onSubmit: (event) => {
      event.preventDefault();
      // A dialog's form lies in React's tree inside the form that opened it, which must not be sent with it.
      event.stopPropagation();
      if (!props.pending && props.disabledReason === undefined) props.onSubmit();
    },
  };
}

/** Whether all that a problem says stands at these controls already, and need not be said again below them. */
function isAllAt(problem: Problem | undefined, marked: readonly HTMLElement[]): boolean {
  const names = new Set(marked.map((control) => control.getAttribute('name') ?? control.dataset['field']));
  const fields = problem?.errors?.map((error) => [...fieldErrorsOf({ errors: [error] }).keys()]) ?? [];
  return fields.length > 0 && fields.every((paths) => paths.some((path) => names.has(path)));
}

/** What a problem says about single fields, by their names, as `FieldErrors` hands it on. */
export function fieldErrorsOf(problem: Pick<Problem, 'errors'> | undefined): ReadonlyMap<string, string> {
  return new Map(problem?.errors?.flatMap(fieldsOf));
}

/** What is said of `gateway.addresses.1` is said of the field where all of them are written too, and of the whole. */
function fieldsOf({ field, message, fix }: FieldError): [string, string][] {
  const said = sentence(message, fix);
  const parts = field.split('.');
  return parts.map((_, index) => [parts.slice(0, index + 1).join('.'), said]);
}

function sentence(message: string, fix: string | undefined): string {
  const stop = /[.!?]$/.test(message) ? '' : '.';
  // "Must be a number: send a number" says the same twice.
  const said = fix?.replace(/^\w+ /, '').replace(/\.$/, '');
  const more = said === undefined || message.includes(said) ? '' : ` ${fix}`;
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${stop}${more}`;
}

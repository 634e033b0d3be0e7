'use client';
import { type ChangeEvent, type ComponentProps, createContext, type ReactNode, use, useId } from 'react';
import { classes } from './classes.ts';

/** What the API said about single fields of the form around, by field name. */
export const FieldErrors = createContext<ReadonlyMap<string, string>>(new Map());

/** The look of whatever is typed into or chosen from. */
export const inputClasses =
  'w-full min-w-0 border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-faint transition-colors hover:border-ink-faint aria-invalid:border-bad';

export type FieldFrameProps = {
  label: string;
  name: string;
  help?: ReactNode;
  /** What the form itself finds wrong; it goes before what the API said. */
  error?: string | undefined;
  isOptional?: boolean;
  children: (ids: { id: string; describedBy: string | undefined; isInvalid: boolean }) => ReactNode;
};

/** Label, control, help and error of one field, tied together for screen readers. */
export function FieldFrame({ label, name, help, error, isOptional = false, children }: FieldFrameProps) {
  const id = useId();
  const fieldErrors = use(FieldErrors);
  const message = error ?? fieldErrors.get(name);
  const describedBy = [help !== undefined && `${id}-help`, message && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <label htmlFor={id} className="font-medium text-table">
        {label}
        {isOptional && <span className="font-normal text-ink-faint"> · optional</span>}
      </label>
      {children({ id, describedBy: describedBy || undefined, isInvalid: message !== undefined })}
      {message && (
        <p id={`${id}-error`} className="text-bad-ink text-meta">
          {message}
        </p>
      )}
      {help !== undefined && (
        <div id={`${id}-help`} className="text-ink-muted text-meta">
          {help}
        </div>
      )}
    </div>
  );
}

type FieldProps = Omit<FieldFrameProps, 'children'> &
  Pick<
    ComponentProps<'input'>,
    'type' | 'placeholder' | 'autoComplete' | 'required' | 'maxLength' | 'autoFocus' | 'inputMode'
  > & {
    isMono?: boolean;
  } & (
    | { value: string; onChange: (value: string) => void }
    /** The page itself keeps what is typed; for a form that is there before its script (see `Form`). */
    | { defaultValue: string }
  );

/** One line of text. */
export function Field(props: FieldProps) {
  const { label, name, help, error, isOptional = false, isMono = false, ...rest } = props;
  const input = 'value' in rest ? controlled(rest) : rest;
  return (
    <FieldFrame {...{ label, name, help, error, isOptional }}>
      {({ id, describedBy, isInvalid }) => (
        <input
          {...input}
          id={id}
          name={name}
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          className={classes('control', inputClasses, isMono && 'numeric')}
        />
      )}
    </FieldFrame>
  );
}

function controlled<Rest extends { onChange: (value: string) => void }>(rest: Rest) {
  return { ...rest, onChange: ({ target }: ChangeEvent<HTMLInputElement>) => rest.onChange(target.value) };
}

type TextAreaProps = Omit<FieldFrameProps, 'children'> & {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
};

/** Several lines of text, in mono: keys, scripts. */
export function TextArea(props: TextAreaProps) {
  const { label, name, help, error, isOptional = false, value, onChange, rows = 6, placeholder } = props;
  return (
    <FieldFrame {...{ label, name, help, error, isOptional }}>
      {({ id, describedBy, isInvalid }) => (
        <textarea
          id={id}
          name={name}
          rows={rows}
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          onChange={(event) => onChange(event.target.value)}
          className={classes('numeric resize-y rounded-control py-2 leading-5', inputClasses)}
        />
      )}
    </FieldFrame>
  );
}

'use client';
import { classes } from './classes.ts';
import { FieldFrame, type FieldFrameProps, inputClasses } from './field.tsx';

type FileFieldProps = Omit<FieldFrameProps, 'children'> & {
  /** Ends of names that the browser offers first. */
  accept: string;
  onChange: (file: File | undefined) => void;
};

/** One file of the reader's. */
export function FileField({ label, name, help, error, isOptional = false, accept, onChange }: FileFieldProps) {
  return (
    <FieldFrame {...{ label, name, help, error, isOptional }}>
      {({ id, describedBy, isInvalid }) => (
        <input
          type="file"
          id={id}
          name={name}
          accept={accept}
          onChange={({ target }) => onChange(target.files?.[0])}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          className={classes(
            'control cursor-pointer py-1 text-table file:mr-3 file:cursor-pointer file:rounded-[4px] file:border-0 file:bg-raised file:px-2 file:py-0.5 file:text-ink max-md:py-2',
            inputClasses,
          )}
        />
      )}
    </FieldFrame>
  );
}

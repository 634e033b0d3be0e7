'use client';
import { Field } from '#ui/field.tsx';

type NameFieldProps = {
  value: string;
  onChange: (name: string) => void;
  placeholder?: string;
  isOptional?: boolean;
};

/** What a thing shall be called. Browsers do not offer the names of people for it. */
export function NameField(props: NameFieldProps) {
  return <Field label="Name" name="name" autoComplete="off" {...props} />;
}

/** What a thing is for, in the words of whoever made it. */
export function DescriptionField({ value, onChange }: Pick<NameFieldProps, 'value' | 'onChange'>) {
  return (
    <Field label="Description" name="description" value={value} onChange={onChange} autoComplete="off" isOptional />
  );
}

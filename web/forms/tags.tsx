'use client';
import { useMutation } from '@tanstack/react-query';
import { Tags as TagsIcon } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useSettled } from '#resources/identity.ts';
import { tagsIn } from '#resources/tags.tsx';
import { Badge } from '#ui/badge.tsx';
import { IconButton } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';

type TagsProps = {
  /** What carries them, as it is called. */
  name: string;
  tags: readonly string[];
  disabledReason?: string | undefined;
  save: (tags: string[]) => Promise<unknown>;
};

/** The tags of a thing, and the way to change them. */
export function Tags({ name, tags, disabledReason, save }: TagsProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      <IconButton
        aria-label={`Change tags of ${name}`}
        disabledReason={disabledReason}
        onClick={() => setEditing(true)}
      >
        <TagsIcon aria-hidden size={14} />
      </IconButton>
      {isEditing && <TagsEdit name={name} tags={tags} save={save} onClose={() => setEditing(false)} />}
    </span>
  );
}

type TagsEditProps = Omit<TagsProps, 'disabledReason'> & { onClose: () => void };

function TagsEdit({ name, tags, save, onClose }: TagsEditProps) {
  const settled = useSettled(onClose);
  const [written, setWritten] = useState(tags.join(', '));
  const update = useMutation({ mutationFn: save, onSuccess: () => settled(`The tags of ${name} are changed`) });
  return (
    <Dialog isOpen onClose={onClose} title={`Tags of ${name}`} description="Lists are narrowed by them.">
      <Form
        label="Change tags"
        submitLabel="Save tags"
        onCancel={onClose}
        pending={update.isPending}
        submitError={update.error ? problemOf(update.error) : undefined}
        onSubmit={() => update.mutate(tagsIn(written))}
      >
        <Field
          label="Tags"
          name="tags"
          value={written}
          onChange={setWritten}
          placeholder="production, web"
          help="Words with commas between; none: it has no tags."
          autoComplete="off"
          isOptional
        />
      </Form>
    </Dialog>
  );
}

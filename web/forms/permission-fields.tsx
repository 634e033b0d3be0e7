'use client';
import type { Permission } from '@unkai/contracts/permissions';
import { ChevronRight } from 'lucide-react';
import { type PermissionChapter, permissionChapters } from '#resources/permission-choice.ts';
import { Checkbox } from '#ui/checkbox.tsx';

type PermissionFieldsProps = {
  isConfined: boolean;
  chosen: ReadonlySet<Permission>;
  onChange: (chosen: ReadonlySet<Permission>) => void;
};

/** Every permission by noun and verb, to tick. */
export function PermissionFields({ isConfined, chosen, onChange }: PermissionFieldsProps) {
  return (
    <div className="grid">
      {permissionChapters(isConfined).map((chapter, index) => (
        <Chapter key={chapter.label} chapter={chapter} isOpen={index === 0} chosen={chosen} onChange={onChange} />
      ))}
    </div>
  );
}

type ChapterProps = Omit<PermissionFieldsProps, 'isConfined'> & { chapter: PermissionChapter; isOpen: boolean };

function Chapter({ chapter: { label, nouns }, isOpen, chosen, onChange }: ChapterProps) {
  const all = nouns.flatMap(({ verbs }) => verbs.map(({ permission }) => permission));
  const ticked = all.filter((permission) => chosen.has(permission)).length;
  const tick = (permission: Permission, isTicked: boolean) => {
    const changed = new Set(chosen);
    if (isTicked) changed.add(permission);
    else changed.delete(permission);
    onChange(changed);
  };
  return (
    <details open={isOpen} className="group border-t first:border-t-0">
      <summary className="flex h-9 cursor-pointer list-none items-center gap-2 rounded-control font-medium text-table max-md:h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={14} className="text-ink-faint transition-transform group-open:rotate-90" />
        {label}
        <span className="font-normal text-ink-faint text-meta">
          {ticked} of {all.length}
        </span>
      </summary>
      <div className="grid gap-1 pb-3 pl-5.5">
        {nouns.map(({ noun, verbs }) => (
          <fieldset
            key={noun}
            aria-label={noun}
            className="grid items-baseline gap-x-4 md:grid-cols-[11rem_minmax(0,1fr)]"
          >
            <span aria-hidden className="numeric text-ink-muted text-table">
              {noun}
            </span>
            <div className="flex flex-wrap gap-x-4 text-table">
              {verbs.map(({ verb, permission }) => (
                <Checkbox
                  key={verb}
                  label={verb}
                  isChecked={chosen.has(permission)}
                  onChange={(isTicked) => tick(permission, isTicked)}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </details>
  );
}

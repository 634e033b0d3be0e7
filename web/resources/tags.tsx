'use client';
import type { ReactNode } from 'react';
import { FilterChoice, LiveBadge, useAddressValue } from '#table/filters.tsx';
import type { Column } from '#table/table.tsx';
import { Badge } from '#ui/badge.tsx';

type Tagged = { tags: readonly string[] };

/** The tags that somebody wrote, with commas between; what is there twice is there once. */
export function tagsIn(text: string): string[] {
  const words = text.split(',').map((tag) => tag.trim());
  return [...new Set(words.filter(Boolean))];
}

/** The tags that any of the things has, each once, in the order of the alphabet. */
function tagsOf(items: readonly Tagged[]): string[] {
  return [...new Set(items.flatMap(({ tags }) => tags))].toSorted((one, other) => one.localeCompare(other, 'en'));
}

/**
 * The one tag that a list is narrowed to, which the page's address keeps, as its query says it; nothing to choose where
 * nothing of `items` has a tag.
 */
export function useTagFilter(items: readonly Tagged[] | undefined): {
  choice: ReactNode;
  wanted: string[] | undefined;
} {
  const [tag, setTag] = useAddressValue('tag');
  const present = tagsOf(items ?? []);
  // One that the address names is shown also when nothing has it any more, so that it can be taken off.
  const options = tag === '' || present.includes(tag) ? present : [...present, tag];
  return {
    choice: options.length > 0 && (
      <FilterChoice
        label="Tag"
        value={tag}
        onChange={setTag}
        options={options.map((each) => ({ value: each, label: each }))}
      />
    ),
    wanted: tag === '' ? undefined : [tag],
  };
}

/** What stands beside the filter of a list whose things have tags. */
export function TagChoices({ tags }: { tags: ReturnType<typeof useTagFilter> }) {
  return (
    <>
      {tags.choice}
      <LiveBadge />
    </>
  );
}

/** The column of tags, for lists of which something has one. */
export function tagColumn<Item extends Tagged>(items: readonly Item[] | undefined): readonly Column<Item>[] {
  if (!items?.some(({ tags }) => tags.length > 0)) return [];
  return [
    {
      header: 'Tags',
      cell: ({ tags }) => (
        <span className="flex max-w-56 flex-wrap gap-1 py-1">
          {tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
      sortBy: ({ tags }) => tags.join(', '),
      isMinor: true,
    },
  ];
}

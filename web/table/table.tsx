'use client';
import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { buttonClasses } from '#ui/button.tsx';
import { classes } from '#ui/classes.ts';
import { Menu } from '#ui/menu.tsx';
import { RunningBar, Skeleton } from '#ui/skeleton.tsx';
import { useRowKeys } from './use-row-keys.ts';

export type Column<Item> = {
  header: string;
  cell: (item: Item) => ReactNode;
  /** What rows are sorted by; a column without it cannot be sorted. */
  sortBy?: (item: Item) => string | number;
  align?: 'end';
  /** Below 1024 px the column gives its room to the others. */
  isMinor?: boolean;
  /** Stands at the end of the first line on phones; other columns are left out there (see `phoneNote`). */
  isPhoneAside?: boolean;
};

type Named = { id: string; name: string };

export type TableProps<Item extends Named> = {
  label: string;
  /** What the first column is headed by; its cells are the names. */
  nameHeader?: string;
  columns: readonly Column<Item>[];
  /** Undefined while the first answer is awaited. */
  items: readonly Item[] | undefined;
  href?: (item: Item) => string;
  /** Said beside the name: "default", "yours". */
  nameAside?: (item: Item) => ReactNode;
  menu?: (item: Item) => ReactNode;
  /** The second line of a row on phones. */
  phoneNote: (item: Item) => ReactNode;
  /** Newer rows are being fetched while these stay. */
  isRefreshing?: boolean;
  /** Said when a filter leaves no row. */
  noMatch?: string;
  /** How deep a row is below the one that it belongs to; rows that are sorted by a column stand by themselves. */
  depth?: (item: Item) => number;
};

type Sorting = { column: string; isDescending: boolean } | undefined;

/**
 * Rows of one noun: 40 px each, two lines on a phone. Rows are keyed by id, so an open menu and the focus live through
 * live updates. j and k move, enter opens.
 */
export function Table<Item extends Named>(props: TableProps<Item>) {
  const {
    label,
    nameHeader = 'Name',
    columns,
    items,
    menu,
    isRefreshing = false,
    noMatch = 'Nothing matches.',
  } = props;
  const [sorting, setSorting] = useState<Sorting>();
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const sorted = useMemo(() => sortItems(items, columns, nameHeader, sorting), [items, columns, nameHeader, sorting]);
  return (
    <div className="relative overflow-x-auto rounded-panel border bg-surface">
      <RunningBar isRunning={isRefreshing && items !== undefined} />
      <table aria-label={label} aria-busy={items === undefined} className="w-full text-left text-table max-md:block">
        <thead className="border-b bg-raised/60 max-md:sr-only">
          <tr>
            <HeadCell header={nameHeader} isSortable {...{ sorting, setSorting }} />
            {columns.map((column) => (
              <HeadCell
                key={column.header}
                header={column.header}
                isSortable={column.sortBy !== undefined}
                isEnd={column.align === 'end'}
                isMinor={column.isMinor ?? false}
                {...{ sorting, setSorting }}
              />
            ))}
            {menu && (
              <th scope="col" className="w-12">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={body} className="max-md:block">
          {sorted?.map((item) => (
            <TableRow key={item.id} item={item} table={props} isSorted={sorting !== undefined} />
          ))}
          {sorted === undefined && <SkeletonRows columns={columns.length + 1 + (menu ? 1 : 0)} />}
        </tbody>
      </table>
      {sorted?.length === 0 && <p className="px-4 py-10 text-center text-ink-muted">{noMatch}</p>}
    </div>
  );
}

function sortItems<Item extends Named>(
  items: readonly Item[] | undefined,
  columns: readonly Column<Item>[],
  nameHeader: string,
  sorting: Sorting,
): readonly Item[] | undefined {
  if (!items || !sorting) return items;
  const sortBy =
    sorting.column === nameHeader
      ? (item: Item) => item.name
      : columns.find(({ header }) => header === sorting.column)?.sortBy;
  if (!sortBy) return items;
  const sign = sorting.isDescending ? -1 : 1;
  return items.toSorted((one, other) => sign * compare(sortBy(one), sortBy(other)));
}

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'en', { numeric: true });
}

type HeadCellProps = {
  header: string;
  isSortable: boolean;
  isEnd?: boolean;
  isMinor?: boolean;
  sorting: Sorting;
  setSorting: (sorting: Sorting) => void;
};

function HeadCell({ header, isSortable, isEnd = false, isMinor = false, sorting, setSorting }: HeadCellProps) {
  const isSorted = sorting?.column === header;
  const Arrow = sorting?.isDescending ? ArrowDown : ArrowUp;
  const next = () => {
    if (!isSorted) return setSorting({ column: header, isDescending: false });
    setSorting(sorting.isDescending ? undefined : { column: header, isDescending: true });
  };
  return (
    <th
      scope="col"
      {...(isSorted && { 'aria-sort': sorting.isDescending ? 'descending' : 'ascending' })}
      className={classes(
        'h-9 whitespace-nowrap px-3 font-medium text-ink-muted text-meta first:pl-4',
        isEnd && 'text-right',
        isMinor && 'max-lg:hidden',
      )}
    >
      {isSortable ? (
        <button type="button" onClick={next} className="inline-flex h-6 items-center gap-1 hover:text-ink">
          {header}
          {isSorted && <Arrow aria-hidden size={12} />}
        </button>
      ) : (
        header
      )}
    </th>
  );
}

type RowProps<Item extends Named> = { item: Item; table: TableProps<Item>; isSorted: boolean };

function TableRow<Item extends Named>({ item, table, isSorted }: RowProps<Item>) {
  const { columns, menu } = table;
  return (
    <tr
      data-row
      className="border-b transition-colors last:border-b-0 focus-within:bg-raised/60 hover:bg-raised/60 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto_auto] max-md:items-center"
    >
      <NameCell item={item} table={table} isSorted={isSorted} />
      {columns.map((column) => (
        <td
          key={column.header}
          className={classes(
            'px-3',
            column.align === 'end' && 'text-right',
            column.isMinor && 'max-lg:hidden',
            column.isPhoneAside ? 'max-md:block' : 'max-md:hidden',
          )}
        >
          {column.cell(item)}
        </td>
      ))}
      {menu && (
        <td className="w-12 pr-2 text-right max-md:block">
          <Menu
            trigger={
              <button type="button" aria-label={`Actions for ${item.name}`} className={buttonClasses('quiet', true)}>
                <Ellipsis aria-hidden size={16} />
              </button>
            }
          >
            {menu(item)}
          </Menu>
        </td>
      )}
    </tr>
  );
}

function NameCell<Item extends Named>({ item, table, isSorted }: RowProps<Item>) {
  const { href, nameAside, phoneNote, depth } = table;
  const indent = isSorted || !depth ? 0 : depth(item) * 20;
  const name = <span className="truncate">{item.name}</span>;
  return (
    <th scope="row" className="max-w-80 pr-3 pl-4 text-left font-normal max-md:block max-md:py-2 md:h-10">
      <div className="flex min-w-0 items-center gap-2 font-medium" style={{ paddingLeft: indent }}>
        {href ? (
          <Link href={href(item)} className="flex h-full min-w-0 items-center underline-offset-4 hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
        {nameAside?.(item)}
      </div>
      <div className="truncate text-ink-muted text-meta md:hidden">{phoneNote(item)}</div>
    </th>
  );
}

const skeletonWidths = ['w-32', 'w-20', 'w-24', 'w-28', 'w-16', 'w-20', 'w-14', 'w-8'];

function SkeletonRows({ columns }: { columns: number }) {
  return ['a', 'b', 'c', 'd', 'e'].map((row) => (
    <tr key={row} className="border-b last:border-b-0 max-md:flex max-md:items-center">
      {skeletonWidths.slice(0, columns).map((width, index) => (
        <td key={width + String(index)} className="h-10 px-3 first:pl-4 max-md:not-first:hidden">
          <Skeleton className={`h-3 ${width}`} />
        </td>
      ))}
    </tr>
  ));
}

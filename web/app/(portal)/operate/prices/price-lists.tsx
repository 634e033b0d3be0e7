'use client';
import { useQuery } from '@tanstack/react-query';
import type { PriceList } from '@unkai/contracts/resources/price-list';
import { Tags } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type PriceListAct, PriceListDialog } from '#forms/price-list.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { MenuItem } from '#ui/menu.tsx';

const about =
  'A price list says what things cost from a moment on, until the next one starts. One that has started never changes.';

const columns: readonly Column<PriceList>[] = [
  {
    header: 'Starts',
    cell: ({ startsAt }) => <span className="numeric">{startsAt.slice(0, 16).replace('T', ' ')} UTC</span>,
    sortBy: ({ startsAt }) => startsAt,
  },
  { header: 'Currency', cell: ({ currency }) => currency },
  {
    header: 'Prices',
    cell: ({ prices }) => <span className="numeric">{prices.length}</span>,
    sortBy: ({ prices }) => prices.length,
    align: 'end',
  },
];

/** What things cost, were to cost and did cost, and for operators the way to say so. */
export function PriceLists() {
  const trpc = useTRPC();
  const [act, setAct] = useState<PriceListAct>();
  const denial = useSystemDenial();
  const list = useQuery(trpc.priceList.list.queryOptions({ limit: 1000 }));
  const current = list.data?.items
    .filter(({ hasStarted }) => hasStarted)
    .toSorted(byStart)
    .at(-1);
  return (
    <>
      <ListPage<PriceList>
        title="Price lists"
        one="price list"
        about={about}
        icon={<Tags aria-hidden size={18} />}
        list={list}
        neededRole="reader on the system"
        create={{
          label: 'Create price list',
          disabledReason: denial('price-list:create'),
          run: () => setAct({ kind: 'create', ...(current && { like: current }) }),
        }}
        text={({ name }) => name}
        columns={columns}
        nameAside={(row) => (row.id === current?.id ? <Badge>now</Badge> : !row.hasStarted && <Badge>ahead</Badge>)}
        phoneNote={({ startsAt, prices }) => `from ${startsAt.slice(0, 10)} · ${count(prices.length, 'price')}`}
        menu={(row) => (
          <>
            <MenuItem onSelect={() => setAct({ kind: 'show', list: row })}>Show prices</MenuItem>
            <MenuItem
              isDanger
              disabledReason={
                denial('price-list:delete') ?? (row.hasStarted ? 'It has started, so it stays.' : undefined)
              }
              onSelect={() => setAct({ kind: 'delete', list: row })}
            >
              Delete
            </MenuItem>
          </>
        )}
      />
      <PriceListDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

function byStart(one: PriceList, other: PriceList): number {
  return one.startsAt.localeCompare(other.startsAt);
}

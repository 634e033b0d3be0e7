'use client';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { effectiveColumns, effectiveRow } from '#resources/effective-columns.tsx';
import { placeWords, sourcesWords } from '#resources/role-words.ts';
import { type CreateAction, ListPage } from '#table/list-page.tsx';
import { aboutAssignments } from './given-roles.tsx';

type ViewProps = { domain: string; create: CreateAction; choice: ReactNode };

/** The roles as they count: groups as their members, what is inherited and implied where it reaches. */
export function EffectiveRoles({ domain, create, choice }: ViewProps) {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.roleAssignment.listEffective.queryOptions(
      { withinDomainId: domain, limit: 1000 },
      { refetchInterval: 10_000 },
    ),
  );
  const rows = list.data?.items.map((each) => effectiveRow(each, 'holder'));
  return (
    <ListPage
      title="Role assignments"
      nameHeader="Who"
      one="role that counts"
      many="roles that count"
      about={aboutAssignments}
      icon={<ShieldCheck aria-hidden size={18} />}
      list={{ ...list, data: list.data && rows && { ...list.data, items: rows } }}
      neededRole="reader on the domain"
      create={create}
      choices={choice}
      text={({ name, counts }) => `${name} ${counts.role} ${placeWords(counts)} ${sourcesWords(counts).join(' ')}`}
      columns={[effectiveColumns.role, effectiveColumns.place, effectiveColumns.why]}
      phoneNote={({ counts }) => `${counts.role} on ${placeWords(counts)}`}
    />
  );
}

'use client';
import type { EffectiveRole } from '@unkai/contracts/resources/role-assignment';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import type { Listed } from '#table/list-page.tsx';
import { type Column, Table } from '#table/table.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { type Member, membersOf } from './role-words.ts';

const columns: readonly Column<Member>[] = [
  {
    header: 'Roles',
    cell: ({ roles }) => (
      <ul className="py-1.5">
        {roles.map(({ role, why }) => (
          <li key={role}>
            <span className="font-medium">{role}</span> <span className="text-ink-muted text-meta">{why}</span>
          </li>
        ))}
      </ul>
    ),
    sortBy: ({ roles }) => roles.map(({ role }) => role).join(' '),
  },
  { header: 'Domain', cell: ({ domainName }) => domainName, sortBy: ({ domainName }) => domainName, isMinor: true },
];

/** Who has which roles in one place, and why. */
export function MemberTable({ list, menu }: { list: Listed<EffectiveRole>; menu?: (member: Member) => ReactNode }) {
  if (list.error) return <ProblemNote problem={problemOf(list.error)} />;
  return (
    <Table
      label="Members"
      columns={columns}
      {...(menu && { menu })}
      items={list.data && membersOf(list.data.items)}
      phoneNote={({ roles }) => roles.map(({ role }) => role).join(', ')}
      noMatch="Nobody has a role here yet."
    />
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { type Domain, defaultDomainId } from '@unkai/contracts/resources/domain';
import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type DomainAct, DomainDialog } from '#forms/domain.tsx';
import { ageColumn, descriptionColumn, idColumn } from '#resources/columns.tsx';
import { enabledColumn } from '#resources/enabled.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { ListPage } from '#table/list-page.tsx';
import { Badge } from '#ui/badge.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../../../../paths.ts';

const about =
  'A domain holds users, groups and projects of its own: a company, a department, a customer. Its managers need no operator for them.';

/** The domains that the reader sees, and for operators the way to make and end them. */
export function DomainList() {
  const trpc = useTRPC();
  const [act, setAct] = useState<DomainAct>();
  const denial = useSystemDenial();
  const list = useQuery(trpc.domain.list.queryOptions({ limit: 1000 }, { refetchInterval: 10_000 }));
  return (
    <>
      <ListPage<Domain>
        title="Domains"
        one="domain"
        about={about}
        icon={<Building2 aria-hidden size={18} />}
        list={list}
        neededRole="reader on a domain"
        create={{
          label: 'Create domain',
          disabledReason: denial('domain:create'),
          run: () => setAct({ kind: 'create' }),
        }}
        text={({ name, description }) => `${name} ${description}`}
        href={({ id }) => paths.domainProjects({ domain: id })}
        columns={[enabledColumn, descriptionColumn, idColumn, ageColumn]}
        nameAside={({ id }) => id === defaultDomainId && <Badge>default</Badge>}
        phoneNote={({ description }) => description || 'No description'}
        menu={(domain) => <DomainMenu domain={domain} onAct={setAct} />}
      />
      <DomainDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

function DomainMenu({ domain, onAct }: { domain: Domain; onAct: (act: DomainAct) => void }) {
  const denial = useSystemDenial();
  const change = denial('domain:update');
  return (
    <>
      <MenuItem disabledReason={change} onSelect={() => onAct({ kind: 'edit', domain })}>
        Edit
      </MenuItem>
      <MenuItem
        disabledReason={change}
        onSelect={() => onAct({ kind: domain.isEnabled ? 'disable' : 'enable', domain })}
      >
        {domain.isEnabled ? 'Disable' : 'Enable'}
      </MenuItem>
      <MenuItem
        isDanger
        disabledReason={denial('domain:delete') ?? whyStays(domain)}
        onSelect={() => onAct({ kind: 'delete', domain })}
      >
        Delete
      </MenuItem>
    </>
  );
}

function whyStays({ id, isEnabled }: Domain): string | undefined {
  if (id === defaultDomainId) return 'The default domain stays.';
  return isEnabled ? 'Disable it first.' : undefined;
}

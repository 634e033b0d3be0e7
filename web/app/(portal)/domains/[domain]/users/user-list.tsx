'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { User } from '@unkai/contracts/resources/user';
import { User as UserIcon } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { DomainLeave } from '#forms/domain-leave.tsx';
import { type UserAct, UserDialog, UserMenu } from '#forms/user.tsx';
import { ageColumn, descriptionColumn, idColumn } from '#resources/columns.tsx';
import { enabledColumn } from '#resources/enabled.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { InvitePanel } from '#resources/invite-panel.tsx';
import { FilterChoice, useAddressValue } from '#table/filters.tsx';
import { ListPage } from '#table/list-page.tsx';
import { paths } from '../../../../../paths.ts';

const about =
  'A user signs in to the portal and the API, and may do what the roles say that they, or their groups, were given.';

const emailColumn = {
  header: 'E-mail',
  cell: ({ email }: User) => <span className="text-ink-muted">{email}</span>,
  sortBy: ({ email }: User) => email ?? '',
};

/** The domain's users. */
export function UserList({ domain }: { domain: string }) {
  const trpc = useTRPC();
  const [act, setAct] = useState<UserAct>();
  const [state, setState] = useAddressValue('state');
  const denial = useDomainDenial(domain);
  const query = { domainId: domain, limit: 1000, ...(state !== '' && { isEnabled: state === 'enabled' }) };
  const list = useQuery(
    trpc.user.list.queryOptions(query, { refetchInterval: 10_000, placeholderData: keepPreviousData }),
  );
  return (
    <>
      <ListPage
        title="Users"
        one="user"
        about={about}
        icon={<UserIcon aria-hidden size={18} />}
        list={list}
        neededRole="reader on the domain"
        create={{
          label: 'Create user',
          disabledReason: denial('user:create'),
          run: () => setAct({ kind: 'create', domain }),
        }}
        isNarrowed={state !== ''}
        choices={<FilterChoice label="State" value={state} onChange={setState} options={states} />}
        text={({ name, email, description }) => `${name} ${email ?? ''} ${description}`}
        href={({ id }) => paths.domainUser({ domain, user: id })}
        columns={[enabledColumn, emailColumn, descriptionColumn, idColumn, ageColumn]}
        phoneNote={({ email, description }) => email ?? description}
        menu={(user) => <UserMenu user={user} onAct={setAct} />}
      />
      <div className="mt-4 grid justify-items-stretch gap-4">
        <InvitePanel place={{ domainId: domain }} />
        <div>
          <DomainLeave domain={domain} />
        </div>
      </div>
      <UserDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

const states = [
  { value: 'enabled', label: 'enabled' },
  { value: 'disabled', label: 'disabled' },
];

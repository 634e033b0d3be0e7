'use client';
import { useState } from 'react';
import { RoleAssignmentCreate } from '#forms/role-assignment-create.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { useAddressValue } from '#table/filters.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { EffectiveRoles } from './effective-roles.tsx';
import { GivenRoles } from './given-roles.tsx';

/** Who has which role in the domain and its projects: as it was given, or as it counts. */
export function AssignmentList({ domain }: { domain: string }) {
  const [view, setView] = useAddressValue('view');
  const [isAdding, setAdding] = useState(false);
  const create = {
    label: 'Give a role',
    disabledReason: useDomainDenial(domain)('role-assignment:create'),
    run: () => setAdding(true),
  };
  const choice = (
    <SegmentedControl
      label="Which roles"
      value={view === 'effective' ? 'effective' : 'given'}
      onChange={(chosen) => setView(chosen === 'effective' ? chosen : '')}
      options={[
        { value: 'given', label: 'As given' },
        { value: 'effective', label: 'As they count' },
      ]}
    />
  );
  const View = view === 'effective' ? EffectiveRoles : GivenRoles;
  return (
    <>
      <View domain={domain} create={create} choice={choice} />
      {isAdding && <RoleAssignmentCreate domain={domain} onClose={() => setAdding(false)} />}
    </>
  );
}

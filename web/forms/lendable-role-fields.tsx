'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

type LendableRoles = {
  held: readonly { id: string; name: string }[];
  isPending: boolean;
  problem: Problem | undefined;
};

/** The roles that one may lend of a project; none, with the reason, where one has none there. */
export function useLendableRoles(projectId: string): LendableRoles {
  const trpc = useTRPC();
  const input = projectId === '' ? skipToken : { projectId };
  const { data, error, isPending } = useQuery(trpc.applicationCredential.lendableRoles.queryOptions(input));
  return {
    held: data?.items ?? [],
    isPending: isPending && projectId !== '',
    problem: error ? problemOf(error) : undefined,
  };
}

type LendableRoleFieldsProps = {
  roles: LendableRoles;
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
};

/** Which of one's roles are lent, all to begin with. */
export function LendableRoleFields({ roles, left, onChange }: LendableRoleFieldsProps) {
  const { held, isPending, problem } = roles;
  const lend = (id: string, isLent: boolean) => {
    const changed = new Set(left);
    if (isLent) changed.delete(id);
    else changed.add(id);
    onChange(changed);
  };
  return (
    <fieldset aria-label="Roles that it gets" className="grid gap-0.5">
      <p aria-hidden className="font-medium text-table">
        Roles that it gets
      </p>
      {isPending && <Skeleton className="h-12" />}
      {problem?.code === 'invalid_input' ? <NoRole /> : problem && <ProblemNote problem={problem} />}
      <div className="flex flex-wrap gap-x-5">
        {held.map(({ id, name }) => (
          <Checkbox key={id} label={name} isChecked={!left.has(id)} onChange={(isLent) => lend(id, isLent)} />
        ))}
      </div>
    </fieldset>
  );
}

/** Operators reach every project by their role on the system, which is not lent. */
function NoRole() {
  return (
    <p className="text-ink-muted text-table">
      You have no role of your own on this project. Choose another, or give yourself one there first.
    </p>
  );
}

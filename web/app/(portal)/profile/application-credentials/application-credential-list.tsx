'use client';
import { useQuery } from '@tanstack/react-query';
import type { ApplicationCredential } from '@unkai/contracts/resources/application-credential';
import { Bot, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ApplicationCredentialCreate } from '#forms/application-credential-create.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { Expiry } from '#resources/expiry.tsx';
import { ProjectName } from '#resources/project-name.tsx';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { type Column, Table } from '#table/table.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Tooltip } from '#ui/tooltip.tsx';
import { ProfileBar } from '../profile-bar.tsx';

const rolesOf = ({ roles }: ApplicationCredential) => roles.map(({ name }) => name).join(', ');

const columns: readonly Column<ApplicationCredential>[] = [
  { header: 'Project', cell: ({ projectId }) => <ProjectName id={projectId} /> },
  { header: 'Roles', cell: rolesOf, sortBy: rolesOf },
  { header: 'Id', cell: ({ id }) => <CopyId id={id} />, isMinor: true },
  {
    header: 'Age',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    isMinor: true,
  },
  {
    header: 'Expires',
    cell: ({ expiresAt }) => <Expiry at={expiresAt} />,
    sortBy: ({ expiresAt }) => (expiresAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(expiresAt)),
    isPhoneAside: true,
  },
];

/** How far beyond, or within, its roles it reaches. */
function Bounds({ isUnrestricted, accessRules }: ApplicationCredential) {
  return (
    <>
      {isUnrestricted && <Badge>unrestricted</Badge>}
      {accessRules.length > 0 && (
        <Tooltip content={accessRules.map(({ method, path }) => `${method} ${path}`).join(', ')}>
          <button type="button">
            <Badge>{count(accessRules.length, 'access rule')}</Badge>
          </button>
        </Tooltip>
      )}
    </>
  );
}

/** The caller's application credentials. */
export function ApplicationCredentialList() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.applicationCredential.list.queryOptions({ limit: 1000 }));
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<ApplicationCredential>();
  const newOne = () => setCreating(true);
  const noProject = user?.projects.length === 0 ? 'You are in no project yet.' : undefined;
  useQuickActions([
    { id: 'new application credential', label: 'New application credential', group: 'On this page', run: newOne },
  ]);
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden size={15} />} disabledReason={noProject} onClick={newOne}>
      New application credential
    </Button>
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      {data?.items.length === 0 ? (
        <NoCredentials action={create} />
      ) : (
        <>
          <ProfileBar
            words="For OpenStack’s clients and other programs, in place of your password. Each is for one project."
            action={create}
          />
          <Table
            label="Application credentials"
            columns={columns}
            items={data?.items}
            nameAside={Bounds}
            phoneNote={rolesOf}
            menu={(credential) => (
              <MenuItem isDanger onSelect={() => setDeleting(credential)}>
                Delete
              </MenuItem>
            )}
          />
        </>
      )}
      {isCreating && <ApplicationCredentialCreate onClose={() => setCreating(false)} />}
      {deleting && <Delete credential={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function NoCredentials({ action }: { action: ReactNode }) {
  return (
    <EmptyState
      icon={<Bot aria-hidden size={18} />}
      title="No application credentials yet"
      purpose="One lends some of your roles on a project to a program, such as OpenTofu or the openstack client, which then needs no password of yours."
      action={action}
      command="openstack application credential create --role member deploy"
    />
  );
}

type DeleteProps = { credential: ApplicationCredential; onClose: () => void };

function Delete({ credential: { id, name }, onClose }: DeleteProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${name}?`}
      description="Programs that use it are refused at once, and the tokens that it made end with it."
      action="Delete application credential"
      done={`${name} is deleted`}
      change={() => client.applicationCredential.delete.mutate({ id })}
      outdated={[trpc.applicationCredential.list.pathKey()]}
      onClose={onClose}
    />
  );
}

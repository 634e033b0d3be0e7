'use client';
import { type Server, serverCan } from '@unkai/contracts/resources/server';
import { ArrowRightLeft, Play, Power, RotateCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { ServerDelete } from '#forms/server-delete.tsx';
import { ServerMigrate } from '#forms/server-migrate.tsx';
import { ServerRename } from '#forms/server-rename.tsx';
import { useOperatorDenial } from '#resources/operator.tsx';
import { ServerStateBadge, useServerActions } from '#resources/server.tsx';
import { useServer } from '#resources/use-server.ts';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { ErrorState, MissingState, ProblemNote } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { TabLinks } from '#ui/tabs.tsx';
import { paths } from '../../../../../../paths.ts';

type ServerFrameProps = { project: string; server: string; children: ReactNode };

/** Head and tabs around every page of one server. */
export function ServerFrame({ project, server: id, children }: ServerFrameProps) {
  const { data: server, error, refetch } = useServer(id);
  const [isDeleting, setDeleting] = useState(false);
  const router = useRouter();
  const at = { project, server: id };
  if (isMissing(error)) {
    return (
      <MissingState what="server">
        <ButtonLink href={paths.servers({ project })}>All servers</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      {server ? (
        <ServerHeader project={project} server={server} onDelete={() => setDeleting(true)} />
      ) : (
        <div className="mb-5 grid gap-2">
          <Skeleton className="h-7 w-44" />
          <Skeleton className="h-4 w-72" />
        </div>
      )}
      {server?.failure && <FailureNote server={server} />}
      <TabLinks
        label="Server"
        tabs={[
          { href: paths.server(at), label: 'Overview' },
          { href: paths.serverConsole(at), label: 'Console' },
          { href: paths.serverLog(at), label: 'Log' },
          { href: paths.serverNetwork(at), label: 'Network' },
          { href: paths.serverActivity(at), label: 'Activity' },
        ]}
      />
      {children}
      {server && isDeleting && (
        <ServerDelete
          server={server}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push(paths.servers({ project }))}
        />
      )}
    </>
  );
}

function FailureNote({ server: { failure } }: { server: Server }) {
  if (!failure) return null;
  return (
    <div className="mb-5">
      <ProblemNote
        problem={{ ...failure, type: '', status: 0, title: failure.message, detail: '', requestId: '', errors: [] }}
      />
    </div>
  );
}

type ServerHeaderProps = { project: string; server: Server; onDelete: () => void };

function ServerHeader({ project, server, onDelete }: ServerHeaderProps) {
  return (
    <PageHeader
      title={
        <>
          <ServerRename project={project} server={server} />
          <span className="font-normal text-body tracking-normal">
            <ServerStateBadge state={server.state} />
          </span>
        </>
      }
      summary={
        <span className="flex flex-wrap items-center gap-x-3">
          <CopyId id={server.id} />
          {server.availabilityZone !== null && <span>zone {server.availabilityZone}</span>}
          {server.hostName && <span>host {server.hostName}</span>}
          <span>
            created <RelativeTime at={server.createdAt} suffix="ago" />
          </span>
        </span>
      }
      actions={<ServerActions project={project} server={server} onDelete={onDelete} />}
    />
  );
}

/** For operators, who alone are told of hosts. */
function MoveToAnotherHost({ server, icon }: { server: Server; icon: ReactNode }) {
  const denial = useOperatorDenial();
  const [isAsking, setAsking] = useState(false);
  if (denial !== undefined || server.hostName === null) return null;
  return (
    <>
      <Button
        icon={icon}
        disabledReason={serverCan.migrate.reason(server) ?? undefined}
        onClick={() => setAsking(true)}
      >
        Move to another host
      </Button>
      {isAsking && <ServerMigrate server={server} onClose={() => setAsking(false)} />}
    </>
  );
}

const switches = [
  { action: 'start', label: 'Start', Icon: Play },
  { action: 'stop', label: 'Stop', Icon: Power },
  { action: 'reboot', label: 'Reboot', Icon: RotateCw },
] as const;

/** What can be done to the server, as buttons and in the command palette. */
function ServerActions({ project, server, onDelete }: ServerHeaderProps) {
  const { run, reason } = useServerActions(project);
  useQuickActions(
    switches
      .filter(({ action }) => reason(action, server) === undefined)
      .map(({ action, label }) => ({
        id: `server ${action}`,
        label: `${label} ${server.name}`,
        group: 'On this page',
        run: () => run(action, server),
      })),
  );
  // A phone has room for the four actions in one row, but not for their icons too.
  const icon = { size: 14, 'aria-hidden': true, className: 'max-md:hidden' } as const;
  return (
    <>
      {switches.map(({ action, label, Icon }) => (
        <Button
          key={action}
          icon={<Icon {...icon} />}
          disabledReason={reason(action, server)}
          onClick={() => run(action, server)}
        >
          {label}
        </Button>
      ))}
      <MoveToAnotherHost server={server} icon={<ArrowRightLeft {...icon} />} />
      <span aria-hidden className="mx-1 h-5 w-px bg-line max-md:hidden" />
      <Button variant="danger" icon={<Trash2 {...icon} />} disabledReason={reason('delete', server)} onClick={onDelete}>
        Delete
      </Button>
    </>
  );
}

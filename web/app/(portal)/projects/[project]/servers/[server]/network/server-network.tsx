'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { type Server, serverCan } from '@unkai/contracts/resources/server';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ServerAttach, ServerDetach } from '#forms/server-attach.tsx';
import { useDenial } from '#resources/project.ts';
import { ruleWords } from '#resources/security-group.ts';
import { useServer } from '#resources/use-server.ts';
import { useQuickActions } from '#shell/quick-actions.tsx';
import { LiveBadge } from '#table/filters.tsx';
import { count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../../paths.ts';
import { ServerPort } from './server-port.tsx';

type ServerNetworkProps = { project: string; server: string };

/** The server's interfaces, with what can be done to them, and the rules that decide what passes them. */
export function ServerNetwork({ project, server: id }: ServerNetworkProps) {
  const trpc = useTRPC();
  const { data: server } = useServer(id);
  const ports = useQuery(trpc.port.list.queryOptions({ projectId: project, serverId: id, limit: 1000 }));
  const groups = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  const failed = [ports, groups].find(({ error }) => error !== null);
  if (failed?.error) return <ErrorState problem={problemOf(failed.error)} onRetry={() => void failed.refetch()} />;
  if (!server || !ports.data || !groups.data) return <Skeleton className="h-64" />;
  return <Interfaces project={project} server={server} ports={ports.data.items} groups={groups.data.items} />;
}

type InterfacesProps = {
  project: string;
  server: Server;
  ports: readonly Port[];
  groups: readonly SecurityGroup[];
};

/** Why no interface can come or go now; the same tables say it that the API guards with. */
const useAttachReason = (project: string, server: Server) =>
  useDenial(project)('server:update') ?? serverCan.attach.reason(server) ?? undefined;

function Interfaces({ project, server, ports, groups }: InterfacesProps) {
  const [isAttaching, setAttaching] = useState(false);
  const [detaching, setDetaching] = useState<Port>();
  const reason = useAttachReason(project, server);
  const attached = new Set(ports.flatMap(({ securityGroupIds }) => securityGroupIds));
  const plus = <Plus aria-hidden size={14} />;
  const attach = { id: 'attach interface', label: 'Attach interface', run: () => setAttaching(true) };
  useQuickActions(reason === undefined ? [{ ...attach, group: 'On this page', icon: plus }] : []);
  return (
    <>
      <div className="mb-3 flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="font-semibold">{count(ports.length, 'interface')}</h2>
        <LiveBadge />
        <Button icon={plus} disabledReason={reason} onClick={attach.run}>
          Attach interface
        </Button>
      </div>
      {ports.length === 0 && <NoInterface server={server} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          {ports.map((port) => (
            <ServerPort
              key={port.id}
              {...{ project, port, server, groups }}
              detachReason={reason}
              onDetach={() => setDetaching(port)}
            />
          ))}
        </div>
        <div className="grid gap-4">
          {groups
            .filter((group) => attached.has(group.id))
            .map((group) => (
              <RulesPanel key={group.id} project={project} group={group} groups={groups} />
            ))}
        </div>
      </div>
      {isAttaching && <ServerAttach server={server} ports={ports} onClose={() => setAttaching(false)} />}
      {detaching && <ServerDetach server={server} port={detaching} onClose={() => setDetaching(undefined)} />}
    </>
  );
}

function NoInterface({ server }: { server: Server }) {
  return (
    <p className="text-ink-muted">
      {server.state === 'building'
        ? 'It has no port yet: one is made for each network in the step “network”.'
        : 'It is on no network: nothing reaches it, and it reaches nothing.'}
    </p>
  );
}

type RulesPanelProps = { project: string; group: SecurityGroup; groups: readonly SecurityGroup[] };

function RulesPanel({ project, group, groups }: RulesPanelProps) {
  return (
    <Panel
      title={`Rules of ${group.name}`}
      note="security group"
      aside={
        <span className="flex items-center gap-2">
          {group.isDefault && <Badge>default</Badge>}
          <ButtonLink href={paths.securityGroup({ project, group: group.id })} variant="quiet">
            Change rules
          </ButtonLink>
        </span>
      }
    >
      <p className="mb-2 text-ink-muted text-table">What no rule allows is dropped.</p>
      <ul className="grid gap-1 text-table">
        {group.rules.map((rule) => (
          <li key={rule.id} className="flex gap-2">
            <span className="w-8 shrink-0 text-ink-muted">{rule.direction === 'ingress' ? 'in' : 'out'}</span>
            <span>{ruleWords(rule, groups)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import type { Server } from '@unkai/contracts/resources/server';
import Link from 'next/link';
import { useTRPC } from '#client/trpc.tsx';
import { ruleWords } from '#resources/security-group.ts';
import { useServer } from '#resources/use-server.ts';
import { Badge } from '#ui/badge.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../../paths.ts';

type ServerNetworkProps = { project: string; server: string };

/** The server's ports and the rules that decide what passes them. */
export function ServerNetwork({ project, server: id }: ServerNetworkProps) {
  const trpc = useTRPC();
  const { data: server } = useServer(id);
  const { data: ports } = useQuery(trpc.port.list.queryOptions({ projectId: project, serverId: id }));
  const { data: groups } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project }));
  if (!server || !ports || !groups) return <Skeleton className="h-64" />;
  if (ports.items.length === 0) {
    return <p className="text-ink-muted">It has no port yet: one is made for each network in the step “network”.</p>;
  }
  const attached = new Set(ports.items.flatMap(({ securityGroupIds }) => securityGroupIds));
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <div className="grid gap-4">
        {ports.items.map((port) => (
          <PortPanel key={port.id} port={port} server={server} />
        ))}
      </div>
      <div className="grid gap-4">
        {groups.items
          .filter((group) => attached.has(group.id))
          .map((group) => (
            <RulesPanel key={group.id} project={project} group={group} groups={groups.items} />
          ))}
      </div>
    </div>
  );
}

type PortPanelProps = {
  port: { id: string; macAddress: string; networkId: string; addresses: { address: string }[] };
  server: Server;
};

function PortPanel({ port, server }: PortPanelProps) {
  const own = server.addresses.filter(({ portId }) => portId === port.id);
  const network = own[0]?.networkName;
  const address = own.find(({ floatingAddress }) => floatingAddress !== null)?.floatingAddress;
  const floating = address && <code className="numeric">{address}</code>;
  return (
    <Panel title={network ? `Port on ${network}` : 'Port'}>
      <Facts
        facts={[
          {
            name: 'Address',
            value: port.addresses.map(({ address }) => (
              <span key={address} className="flex items-center gap-1">
                <code className="numeric">{address}</code>
                <CopyButton text={address} what="address" />
              </span>
            )),
          },
          { name: 'Floating IP', value: floating ?? <span className="text-ink-muted">none</span> },
          { name: 'MAC', value: <code className="numeric">{port.macAddress}</code> },
          {
            name: 'Port',
            value: (
              <Link
                href={paths.port({ project: server.projectId, port: port.id })}
                className="numeric break-all underline-offset-4 hover:underline"
              >
                {port.id}
              </Link>
            ),
          },
        ]}
      />
    </Panel>
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

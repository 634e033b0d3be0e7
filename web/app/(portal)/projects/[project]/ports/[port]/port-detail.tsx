'use client';
import { useQuery } from '@tanstack/react-query';
import type { Port } from '@unkai/contracts/resources/port';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { PortEdit } from '#forms/port.tsx';
import { PortDelete } from '#forms/port-delete.tsx';
import { Tags } from '#forms/tags.tsx';
import { namesOf, portName, whyPortStays } from '#resources/port.ts';
import { optionsText, pairText } from '#resources/port-draft.ts';
import { PortQos } from '#resources/port-qos.tsx';
import { type PortPlace, PortServer, usePortPlace } from '#resources/port-table.tsx';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { ruleWords } from '#resources/security-group.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyButton, CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton, Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';

type PortDetailProps = { project: string; port: string };

/** One port: what it joins, its addresses, and the rules that hold there. */
export function PortDetail({ project, port: id }: PortDetailProps) {
  const trpc = useTRPC();
  const { data: port, error, refetch } = useQuery(trpc.port.get.queryOptions({ id }));
  const { data: groups } = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  const place = usePortPlace(project);
  if (isMissing(error)) {
    return (
      <MissingState what="port">
        <ButtonLink href={paths.ports({ project })}>All ports</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!port) return <DetailSkeleton />;
  return (
    <>
      <PortHeader port={port} place={place} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PortFacts port={port} place={place} />
        <PortRules project={project} port={port} groups={groups?.items} />
      </div>
      <div className="mt-4">
        <ResourceActivity project={project} resource={port.id} />
      </div>
    </>
  );
}

type OfPort = { port: Port; place: PortPlace };

function PortHeader({ port, place }: OfPort) {
  const router = useRouter();
  const [asked, ask] = useState<'edit' | 'delete'>();
  const { project } = place;
  const denial = useDenial(project);
  return (
    <>
      <PageHeader
        title={portName(port)}
        summary={<Summary project={project} port={port} />}
        actions={
          <>
            <Button
              icon={<Pencil aria-hidden size={14} />}
              disabledReason={denial('port:update')}
              onClick={() => ask('edit')}
            >
              Change port
            </Button>
            <Button
              variant="danger"
              icon={<Trash2 aria-hidden size={14} />}
              disabledReason={denial('port:delete') ?? whyPortStays(port, place.servers)}
              onClick={() => ask('delete')}
            >
              Delete
            </Button>
          </>
        }
      />
      {asked === 'edit' && <PortEdit port={port} onClose={() => ask(undefined)} />}
      {asked === 'delete' && (
        <PortDelete
          port={port}
          onClose={() => ask(undefined)}
          onDeleted={() => router.push(paths.ports({ project }))}
        />
      )}
    </>
  );
}

function Summary({ project, port }: { project: string; port: Port }) {
  const client = useTRPCClient();
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={port.id} />
      <span>
        created <RelativeTime at={port.createdAt} suffix="ago" />
      </span>
      {port.description && <span>{port.description}</span>}
      <Tags
        name={portName(port)}
        tags={port.tags}
        disabledReason={useDenial(project)('port:update')}
        save={(tags) => client.port.update.mutate({ id: port.id, tags })}
      />
    </span>
  );
}

function PortFacts({ port, place }: OfPort) {
  const { project, networks } = place;
  return (
    <Panel title="What it joins">
      <Facts
        facts={[
          { name: 'Server', value: <PortServer port={port} place={place} /> },
          {
            name: 'Network',
            value: (
              <Link
                href={paths.network({ project, network: port.networkId })}
                className="underline-offset-4 hover:underline"
              >
                {namesOf([port.networkId], networks)[0]}
              </Link>
            ),
          },
          {
            name: 'Address',
            value: port.addresses.map(({ address }) => (
              <span key={address} className="flex items-center gap-1">
                <code className="numeric">{address}</code>
                <CopyButton text={address} what="address" />
              </span>
            )),
          },
          { name: 'MAC', value: <code className="numeric">{port.macAddress}</code> },
          {
            name: 'Port security',
            value: port.hasPortSecurity ? 'on' : 'off: nothing of what it sends is checked, and everything reaches it',
          },
          ...(port.allowedAddressPairs.length > 0
            ? [{ name: 'May also send from', value: <Lines texts={port.allowedAddressPairs.map(pairText)} /> }]
            : []),
          { name: 'QoS policy', value: <PortQos project={project} port={port} /> },
          ...(port.dnsName === null ? [] : [{ name: 'DNS name', value: <code>{port.dnsName}</code> }]),
          ...(port.dhcpOptions.length > 0
            ? [{ name: 'DHCP options', value: <Lines texts={optionsText(port.dhcpOptions).split('\n')} /> }]
            : []),
          ...(port.isEnabled ? [] : [{ name: 'Switched off', value: 'it lets nothing through, either way' }]),
          { name: 'Afterwards', value: port.isKept ? 'it stays when its server goes' : 'it goes with its server' },
        ]}
      />
    </Panel>
  );
}

function Lines({ texts }: { texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>
          <code className="numeric break-all">{text}</code>
        </li>
      ))}
    </ul>
  );
}

type PortRulesProps = { project: string; port: Port; groups: readonly SecurityGroup[] | undefined };

function PortRules({ project, port, groups }: PortRulesProps) {
  if (!groups) return <Skeleton className="h-40" />;
  const own = groups.filter(({ id }) => port.securityGroupIds.includes(id));
  return (
    <Panel title="Rules" note="what no rule allows is dropped">
      {own.length === 0 ? (
        <p className="text-ink-muted text-table">
          It has no security group: it reaches out, and nothing reaches it unasked.
        </p>
      ) : (
        <div className="grid gap-4">
          {own.map((group) => (
            <section key={group.id} aria-label={group.name} className="grid gap-1 text-table">
              <h3>
                <Link
                  href={paths.securityGroup({ project, group: group.id })}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {group.name}
                </Link>
              </h3>
              <ul className="grid gap-1">
                {group.rules.map((rule) => (
                  <li key={rule.id} className="flex gap-2">
                    <span className="w-8 shrink-0 text-ink-muted">{rule.direction === 'ingress' ? 'in' : 'out'}</span>
                    <span>{ruleWords(rule, groups)}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}

'use client';
import { useQuery } from '@tanstack/react-query';
import type { FloatingIp } from '@unkai/contracts/resources/floating-ip';
import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { isMissing, problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { FloatingIpAssociate, FloatingIpDelete } from '#forms/floating-ip.tsx';
import { Tags } from '#forms/tags.tsx';
import { useDenial } from '#resources/project.ts';
import { ResourceActivity } from '#resources/resource-activity.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState, MissingState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { DetailSkeleton } from '#ui/skeleton.tsx';
import { paths } from '../../../../../../paths.ts';
import { PortForwardings } from './port-forwardings.tsx';

type FloatingIpDetailProps = { project: string; floating: string };

/** One floating IP: whom it reaches, as a whole or port by port. */
export function FloatingIpDetail({ project, floating: id }: FloatingIpDetailProps) {
  const trpc = useTRPC();
  const { data: floating, error, refetch } = useQuery(trpc.floatingIp.get.queryOptions({ id }));
  if (isMissing(error)) {
    return (
      <MissingState what="floating IP">
        <ButtonLink href={paths.floatingIps({ project })}>All floating IPs</ButtonLink>
      </MissingState>
    );
  }
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (!floating) return <DetailSkeleton />;
  return (
    <>
      <FloatingIpHeader project={project} floating={floating} />
      <Obstacle floating={floating} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Target project={project} floating={floating} />
        <PortForwardings project={project} floating={floating} />
      </div>
      <div className="mt-4">
        <ResourceActivity project={project} resource={floating.id} />
      </div>
    </>
  );
}

/** Why it passes nowhere at this moment: as a rule it is about to, else somebody has to do something. */
function Obstacle({ floating: { state, failure } }: { floating: FloatingIp }) {
  if (failure === null) return null;
  const isWaiting = state === 'waiting';
  const tone = isWaiting ? 'border-warn/40 bg-warn-wash' : 'border-bad/40 bg-bad-wash';
  return (
    <div role={isWaiting ? 'status' : 'alert'} className={`mb-4 rounded-control border px-3 py-2.5 ${tone}`}>
      <p className="font-medium">{failure.message}</p>
      <p className="text-ink-muted text-table">{failure.next}</p>
    </div>
  );
}

type OfFloatingIp = { project: string; floating: FloatingIp };

function FloatingIpHeader({ project, floating }: OfFloatingIp) {
  const { push } = useRouter();
  const [asked, ask] = useState<'associate' | 'delete'>();
  const denial = useDenial(project);
  return (
    <>
      <PageHeader
        title={floating.address}
        summary={<Summary project={project} floating={floating} />}
        actions={
          <>
            <Button disabledReason={denial('floating-ip:update')} onClick={() => ask('associate')}>
              Change where it leads
            </Button>
            <Button
              variant="danger"
              icon={<Trash2 aria-hidden size={14} />}
              disabledReason={denial('floating-ip:delete')}
              onClick={() => ask('delete')}
            >
              Give back
            </Button>
          </>
        }
      />
      {asked === 'associate' && <FloatingIpAssociate floating={floating} onClose={() => ask(undefined)} />}
      {asked === 'delete' && (
        <FloatingIpDelete
          floating={floating}
          onClose={() => ask(undefined)}
          onDeleted={() => push(paths.floatingIps({ project }))}
        />
      )}
    </>
  );
}

function Summary({ project, floating }: OfFloatingIp) {
  const client = useTRPCClient();
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <CopyId id={floating.id} />
      <span>
        taken <RelativeTime at={floating.createdAt} suffix="ago" />
      </span>
      {floating.description && <span>{floating.description}</span>}
      <Tags
        name={floating.address}
        tags={floating.tags}
        disabledReason={useDenial(project)('floating-ip:update')}
        save={(tags) => client.floatingIp.update.mutate({ id: floating.id, tags })}
      />
    </span>
  );
}

const link = 'underline-offset-4 hover:underline';

function Target({ project, floating: { portId, fixedAddress, server, routerId } }: OfFloatingIp) {
  return (
    <Panel title="Where it leads">
      {portId === null ? (
        <p className="text-ink-muted text-table">To no port as a whole.</p>
      ) : (
        <Facts
          facts={[
            {
              name: 'Server',
              value: server ? (
                <Link href={paths.server({ project, server: server.id })} className={link}>
                  {server.name}
                </Link>
              ) : (
                <span className="text-ink-muted">no server has the port</span>
              ),
            },
            {
              name: 'Port',
              value: (
                <Link href={paths.port({ project, port: portId })} className={link}>
                  <code className="numeric">{fixedAddress}</code>
                </Link>
              ),
            },
            ...(routerId === null
              ? []
              : [
                  {
                    name: 'Router',
                    value: (
                      <Link href={paths.router({ project, router: routerId })} className={link}>
                        by this router
                      </Link>
                    ),
                  },
                ]),
          ]}
        />
      )}
    </Panel>
  );
}

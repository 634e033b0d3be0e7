'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '#client/trpc.tsx';
import { portName } from '#resources/port.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { type Crumb, type CrumbNoun, crumbsOf } from './crumbs.ts';

/** Where the page stands; the last step is the page itself. */
export function Breadcrumb() {
  const crumbs = crumbsOf(usePathname());
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-table">
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            <li key={crumb.href} className={`flex min-w-0 items-center gap-1.5 ${isLast ? '' : 'max-md:hidden'}`}>
              {index > 0 && <ChevronRight aria-hidden size={13} className="shrink-0 text-ink-faint max-md:hidden" />}
              {isLast ? (
                <span aria-current="page" className="truncate font-medium">
                  <CrumbWords crumb={crumb} />
                </span>
              ) : (
                <Link href={crumb.href} className="truncate text-ink-muted hover:text-ink">
                  <CrumbWords crumb={crumb} />
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function CrumbWords({ crumb }: { crumb: Crumb }) {
  return 'label' in crumb ? crumb.label : <CrumbName {...crumb} />;
}

/** What a page is called whose thing is not there, or not for this reader. */
const nameless: Record<CrumbNoun, string> = {
  server: 'Server',
  network: 'Network',
  router: 'Router',
  'floating-ip': 'Floating IP',
  port: 'Port',
  'security-group': 'Security group',
  'qos-policy': 'QoS policy',
  'subnet-pool': 'Subnet pool',
  webhook: 'Webhook',
  domain: 'Domain',
  project: 'Project',
  user: 'User',
  group: 'Group',
  host: 'Host',
};

function CrumbName({ noun, id }: { noun: CrumbNoun; id: string }) {
  const trpc = useTRPC();
  const only = (wanted: CrumbNoun) => (noun === wanted ? { id } : skipToken);
  const port = useQuery(trpc.port.get.queryOptions(only('port')));
  const floating = useQuery(trpc.floatingIp.get.queryOptions(only('floating-ip')));
  const asked = [
    useQuery(trpc.server.get.queryOptions(only('server'))),
    useQuery(trpc.network.get.queryOptions(only('network'))),
    useQuery(trpc.router.get.queryOptions(only('router'))),
    useQuery(trpc.securityGroup.get.queryOptions(only('security-group'))),
    useQuery(trpc.qosPolicy.get.queryOptions(only('qos-policy'))),
    useQuery(trpc.subnetPool.get.queryOptions(only('subnet-pool'))),
    useQuery(trpc.webhook.get.queryOptions(only('webhook'))),
    useQuery(trpc.project.get.queryOptions(only('project'))),
    useQuery(trpc.user.get.queryOptions(only('user'))),
    useQuery(trpc.group.get.queryOptions(only('group'))),
    useQuery(trpc.host.get.queryOptions(only('host'))),
    // Who may not see the domain is not told of it by the breadcrumb.
    useQuery(trpc.domain.get.queryOptions(only('domain'))),
  ];
  const answer = asked.find(({ data }) => data !== undefined);
  if (floating.data) return floating.data.address;
  if (port.data) return portName(port.data);
  if (!answer && [port, floating, ...asked].some(({ isFetching }) => isFetching)) {
    return <Skeleton className="inline-block h-3.5 w-20 align-middle" />;
  }
  return answer?.data?.name ?? nameless[noun];
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '#client/trpc.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { type Crumb, crumbsOf } from './crumbs.ts';

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
  if (crumb.server !== undefined) return <ServerName server={crumb.server} />;
  if (crumb.securityGroup !== undefined) return <SecurityGroupName securityGroup={crumb.securityGroup} />;
  return crumb.label;
}

function SecurityGroupName({ securityGroup }: { securityGroup: string }) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.securityGroup.get.queryOptions({ id: securityGroup }));
  if (isPending) return <Skeleton className="inline-block h-3.5 w-20 align-middle" />;
  return data?.name ?? 'Security group';
}

function ServerName({ server }: { server: string }) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.server.get.queryOptions({ id: server }));
  if (isPending) return <Skeleton className="inline-block h-3.5 w-20 align-middle" />;
  return data?.name ?? 'Server';
}

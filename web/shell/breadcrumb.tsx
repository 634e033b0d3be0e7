'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTRPC } from '#client/trpc.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../paths.ts';

type Crumb = { label?: string; server?: string; href: string };

const words: Record<string, string> = {
  servers: 'Servers',
  new: 'Create server',
  images: 'Images',
  'key-pairs': 'Key pairs',
  networks: 'Networks',
  activity: 'Activity',
  console: 'Console',
  log: 'Log',
  network: 'Network',
  hosts: 'Hosts',
};

/** The steps from the project (or from *Operate*) to the page at `pathname`. */
export function crumbsOf(pathname: string): readonly Crumb[] {
  const [root, first, ...rest] = pathname.split('/').filter(Boolean);
  if (root === 'operate')
    return [
      { label: 'Operate', href: paths.hosts() },
      { label: words[first ?? ''] ?? '', href: pathname },
    ];
  if (root !== 'projects' || first === undefined) return [];
  const project = decodeURIComponent(first);
  if (rest.length === 0) return [{ label: 'Overview', href: pathname }];
  return rest.map((part, index) => {
    const href = `${paths.project({ project })}/${rest.slice(0, index + 1).join('/')}`;
    const label = words[part];
    return label === undefined ? { server: decodeURIComponent(part), href } : { label, href };
  });
}

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
  return crumb.server === undefined ? crumb.label : <ServerName server={crumb.server} />;
}

function ServerName({ server }: { server: string }) {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.server.get.queryOptions({ id: server }));
  if (isPending) return <Skeleton className="inline-block h-3.5 w-20 align-middle" />;
  return data?.name ?? 'Server';
}

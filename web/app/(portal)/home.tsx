'use client';
import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { recentProject } from '#shell/recent-project.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { paths } from '../../paths.ts';

/** Opens the project that was open last, or the first; for who is in none, the domain that they manage. */
export function Home() {
  const router = useRouter();
  const trpc = useTRPC();
  const { data: user, error, refetch } = useQuery(trpc.session.current.queryOptions());
  const recent = user?.projects.find(({ id }) => id === recentProject.read()) ?? user?.projects[0];
  const domain = user?.domains[0];
  useEffect(() => {
    if (recent) router.replace(paths.project({ project: recent.id }));
    else if (domain) router.replace(paths.domainProjects({ domain: domain.id }));
  }, [recent, domain, router]);
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (user && !recent && !domain) {
    return (
      <EmptyState
        icon={<FolderOpen aria-hidden size={18} />}
        title="You are in no project yet"
        purpose="A project holds servers, networks and what they may use. Ask someone who administers this cloud to give you a role in one."
      />
    );
  }
  return <Skeleton className="h-7 w-48" />;
}

'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/trpc.tsx';
import { CopyId } from '#ui/copy.tsx';

/** A project by its name where the reader has a role in it, else by its id. */
export function ProjectName({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const project = user?.projects.find((each) => each.id === id);
  if (!project) return <CopyId id={id} what="project id" />;
  return <span title={project.domainName}>{project.name}</span>;
}

'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isMissing } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { MissingState } from '#ui/problem.tsx';
import { paths } from '../../../../paths.ts';

/** Says that a project is not there, once for all of its pages. Operators open projects that they have no role in. */
export function ProjectGate({ project, children }: { project: string; children: ReactNode }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const isMine = user?.projects.some(({ id }) => id === project);
  const { error } = useQuery(trpc.project.get.queryOptions({ id: project }, { enabled: isMine === false }));
  if (!isMissing(error)) return children;
  return (
    <MissingState what="project">
      <ButtonLink href={paths.home()}>Open the portal</ButtonLink>
    </MissingState>
  );
}

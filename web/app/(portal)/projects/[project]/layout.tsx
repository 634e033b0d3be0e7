import type { ReactNode } from 'react';
import { RememberProject } from '#shell/remember-project.tsx';
import { ProjectGate } from './project-gate.tsx';

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function ProjectLayout({ children, params }: Props) {
  const { project } = await params;
  return (
    <ProjectGate project={project}>
      <RememberProject project={project} />
      {children}
    </ProjectGate>
  );
}

import type { ReactNode } from 'react';
import { RememberProject } from '#shell/remember-project.tsx';

type Props = { children: ReactNode; params: Promise<{ project: string }> };

export default async function ProjectLayout({ children, params }: Props) {
  const { project } = await params;
  return (
    <>
      <RememberProject project={project} />
      {children}
    </>
  );
}

import type { ReactNode } from 'react';
import { ServerFrame } from './server-frame.tsx';

type Props = { children: ReactNode; params: Promise<{ project: string; server: string }> };

export default async function ServerLayout({ children, params }: Props) {
  const { project, server } = await params;
  return (
    <ServerFrame project={project} server={server}>
      {children}
    </ServerFrame>
  );
}

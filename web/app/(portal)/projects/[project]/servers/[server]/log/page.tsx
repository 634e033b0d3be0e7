import type { Metadata } from 'next';
import { ServerLog } from './server-log.tsx';

export const metadata: Metadata = { title: 'Log' };

type Props = { params: Promise<{ project: string; server: string }> };

export default async function ServerLogPage({ params }: Props) {
  const { project, server } = await params;
  return <ServerLog project={project} server={server} />;
}

import type { Metadata } from 'next';
import { ServerConsole } from './server-console.tsx';

export const metadata: Metadata = { title: 'Console' };

type Props = { params: Promise<{ project: string; server: string }> };

export default async function ServerConsolePage({ params }: Props) {
  const { project, server } = await params;
  return <ServerConsole project={project} server={server} />;
}

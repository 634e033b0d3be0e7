import type { Metadata } from 'next';
import { ServerNetwork } from './server-network.tsx';

export const metadata: Metadata = { title: 'Network' };

type Props = { params: Promise<{ project: string; server: string }> };

export default async function ServerNetworkPage({ params }: Props) {
  const { project, server } = await params;
  return <ServerNetwork project={project} server={server} />;
}

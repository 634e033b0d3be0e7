import type { Metadata } from 'next';
import { ServerList } from './server-list.tsx';

export const metadata: Metadata = { title: 'Servers' };

type Props = { params: Promise<{ project: string }> };

export default async function ServersPage({ params }: Props) {
  const { project } = await params;
  return <ServerList project={project} />;
}

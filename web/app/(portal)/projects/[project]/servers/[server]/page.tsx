import type { Metadata } from 'next';
import { ServerOverview } from './server-overview.tsx';

export const metadata: Metadata = { title: 'Server' };

type Props = { params: Promise<{ project: string; server: string }> };

export default async function ServerOverviewPage({ params }: Props) {
  const { project, server } = await params;
  return <ServerOverview project={project} server={server} />;
}

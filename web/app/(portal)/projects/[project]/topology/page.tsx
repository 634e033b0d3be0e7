import type { Metadata } from 'next';
import { TopologyPage } from './topology-page.tsx';

export const metadata: Metadata = { title: 'Topology' };

type Props = { params: Promise<{ project: string }> };

export default async function ProjectTopologyPage({ params }: Props) {
  const { project } = await params;
  return <TopologyPage project={project} />;
}

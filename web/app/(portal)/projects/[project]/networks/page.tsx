import type { Metadata } from 'next';
import { NetworkList } from './network-list.tsx';

export const metadata: Metadata = { title: 'Networks' };

type Props = { params: Promise<{ project: string }> };

export default async function NetworksPage({ params }: Props) {
  const { project } = await params;
  return <NetworkList project={project} />;
}

import type { Metadata } from 'next';
import { NetworkDetail } from './network-detail.tsx';

export const metadata: Metadata = { title: 'Network' };

type Props = { params: Promise<{ project: string; network: string }> };

export default async function NetworkPage({ params }: Props) {
  const { project, network } = await params;
  return <NetworkDetail project={project} network={network} />;
}

import type { Metadata } from 'next';
import { PortList } from './port-list.tsx';

export const metadata: Metadata = { title: 'Ports' };

type Props = { params: Promise<{ project: string }> };

export default async function PortsPage({ params }: Props) {
  const { project } = await params;
  return <PortList project={project} />;
}

import type { Metadata } from 'next';
import { PortDetail } from './port-detail.tsx';

export const metadata: Metadata = { title: 'Port' };

type Props = { params: Promise<{ project: string; port: string }> };

export default async function PortPage({ params }: Props) {
  const { project, port } = await params;
  return <PortDetail project={project} port={port} />;
}

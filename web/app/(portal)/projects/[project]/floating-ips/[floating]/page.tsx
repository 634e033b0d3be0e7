import type { Metadata } from 'next';
import { FloatingIpDetail } from './floating-ip-detail.tsx';

export const metadata: Metadata = { title: 'Floating IP' };

type Props = { params: Promise<{ project: string; floating: string }> };

export default async function FloatingIpDetailPage({ params }: Props) {
  const { project, floating } = await params;
  return <FloatingIpDetail project={project} floating={floating} />;
}

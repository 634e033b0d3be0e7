import type { Metadata } from 'next';
import { FloatingIpList } from './floating-ip-list.tsx';

export const metadata: Metadata = { title: 'Floating IPs' };

type Props = { params: Promise<{ project: string }> };

export default async function FloatingIpListPage({ params }: Props) {
  const { project } = await params;
  return <FloatingIpList project={project} />;
}

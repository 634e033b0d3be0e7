import type { Metadata } from 'next';
import { HostDetail } from './host-detail.tsx';

export const metadata: Metadata = { title: 'Host' };

type Props = { params: Promise<{ host: string }> };

export default async function HostPage({ params }: Props) {
  return <HostDetail id={(await params).host} />;
}

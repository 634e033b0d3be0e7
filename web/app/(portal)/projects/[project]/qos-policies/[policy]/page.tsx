import type { Metadata } from 'next';
import { QosPolicyDetail } from './qos-policy-detail.tsx';

export const metadata: Metadata = { title: 'QoS policy' };

type Props = { params: Promise<{ project: string; policy: string }> };

export default async function QosPolicyPage({ params }: Props) {
  const { project, policy } = await params;
  return <QosPolicyDetail project={project} policy={policy} />;
}

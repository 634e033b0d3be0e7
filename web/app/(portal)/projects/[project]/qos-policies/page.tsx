import type { Metadata } from 'next';
import { QosPolicyList } from './qos-policy-list.tsx';

export const metadata: Metadata = { title: 'QoS policies' };

type Props = { params: Promise<{ project: string }> };

export default async function QosPoliciesPage({ params }: Props) {
  return <QosPolicyList project={(await params).project} />;
}

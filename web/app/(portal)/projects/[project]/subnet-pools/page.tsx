import type { Metadata } from 'next';
import { SubnetPoolList } from './subnet-pool-list.tsx';

export const metadata: Metadata = { title: 'Subnet pools' };

type Props = { params: Promise<{ project: string }> };

export default async function SubnetPoolsPage({ params }: Props) {
  return <SubnetPoolList project={(await params).project} />;
}

import type { Metadata } from 'next';
import { SubnetPoolDetail } from './subnet-pool-detail.tsx';

export const metadata: Metadata = { title: 'Subnet pool' };

type Props = { params: Promise<{ project: string; pool: string }> };

export default async function SubnetPoolPage({ params }: Props) {
  const { project, pool } = await params;
  return <SubnetPoolDetail project={project} pool={pool} />;
}

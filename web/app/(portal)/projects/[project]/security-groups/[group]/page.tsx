import type { Metadata } from 'next';
import { SecurityGroupDetail } from './security-group-detail.tsx';

export const metadata: Metadata = { title: 'Security group' };

type Props = { params: Promise<{ project: string; group: string }> };

export default async function SecurityGroupPage({ params }: Props) {
  const { project, group } = await params;
  return <SecurityGroupDetail project={project} group={group} />;
}

import type { Metadata } from 'next';
import { SecurityGroupList } from './security-group-list.tsx';

export const metadata: Metadata = { title: 'Security groups' };

type Props = { params: Promise<{ project: string }> };

export default async function SecurityGroupsPage({ params }: Props) {
  const { project } = await params;
  return <SecurityGroupList project={project} />;
}

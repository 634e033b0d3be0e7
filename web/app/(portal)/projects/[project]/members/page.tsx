import type { Metadata } from 'next';
import { MemberList } from './member-list.tsx';

export const metadata: Metadata = { title: 'Members' };

type Props = { params: Promise<{ project: string }> };

export default async function MembersPage({ params }: Props) {
  const { project } = await params;
  return <MemberList project={project} />;
}

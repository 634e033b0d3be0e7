import type { Metadata } from 'next';
import { GroupDetail } from './group-detail.tsx';

export const metadata: Metadata = { title: 'Group' };

type Props = { params: Promise<{ domain: string; group: string }> };

export default async function GroupDetailPage({ params }: Props) {
  return <GroupDetail {...(await params)} />;
}

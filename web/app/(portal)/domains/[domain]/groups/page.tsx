import type { Metadata } from 'next';
import { GroupList } from './group-list.tsx';

export const metadata: Metadata = { title: 'Groups' };

type Props = { params: Promise<{ domain: string }> };

export default async function GroupListPage({ params }: Props) {
  return <GroupList {...(await params)} />;
}

import type { Metadata } from 'next';
import { ServerGroupList } from './server-group-list.tsx';

export const metadata: Metadata = { title: 'Server groups' };

type Props = { params: Promise<{ project: string }> };

export default async function ServerGroupsPage({ params }: Props) {
  return <ServerGroupList project={(await params).project} />;
}

import type { Metadata } from 'next';
import { AssignmentList } from './assignment-list.tsx';

export const metadata: Metadata = { title: 'Role assignments' };

type Props = { params: Promise<{ domain: string }> };

export default async function AssignmentListPage({ params }: Props) {
  return <AssignmentList {...(await params)} />;
}

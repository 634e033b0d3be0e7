import type { Metadata } from 'next';
import { UserDetail } from './user-detail.tsx';

export const metadata: Metadata = { title: 'User' };

type Props = { params: Promise<{ domain: string; user: string }> };

export default async function UserDetailPage({ params }: Props) {
  return <UserDetail {...(await params)} />;
}

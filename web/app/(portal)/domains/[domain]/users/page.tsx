import type { Metadata } from 'next';
import { UserList } from './user-list.tsx';

export const metadata: Metadata = { title: 'Users' };

type Props = { params: Promise<{ domain: string }> };

export default async function UserListPage({ params }: Props) {
  return <UserList {...(await params)} />;
}

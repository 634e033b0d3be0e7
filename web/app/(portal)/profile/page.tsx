import type { Metadata } from 'next';
import { Account } from './account.tsx';

export const metadata: Metadata = { title: 'Profile' };

export default function ProfilePage() {
  return <Account />;
}

import type { Metadata } from 'next';
import { LentList } from './lent-list.tsx';

export const metadata: Metadata = { title: 'Trusts and keys' };

export default function LentPage() {
  return <LentList />;
}

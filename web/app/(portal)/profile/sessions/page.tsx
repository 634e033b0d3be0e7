import type { Metadata } from 'next';
import { SessionList } from './session-list.tsx';

export const metadata: Metadata = { title: 'Sessions' };

export default function SessionsPage() {
  return <SessionList />;
}

import type { Metadata } from 'next';
import { OrphanList } from './orphan-list.tsx';

export const metadata: Metadata = { title: 'Orphans' };

export default function OrphansPage() {
  return <OrphanList />;
}

import type { Metadata } from 'next';
import { ZoneList } from './zone-list.tsx';

export const metadata: Metadata = { title: 'Zones' };

export default function ZonesPage() {
  return <ZoneList />;
}

import type { Metadata } from 'next';
import { VolumeTypeList } from './volume-type-list.tsx';

export const metadata: Metadata = { title: 'Volume types' };

export default function VolumeTypesPage() {
  return <VolumeTypeList />;
}

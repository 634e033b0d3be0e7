import type { Metadata } from 'next';
import { CloudOverview } from './cloud-overview.tsx';

export const metadata: Metadata = { title: 'Cloud' };

export default function CloudPage() {
  return <CloudOverview />;
}

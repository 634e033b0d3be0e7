import type { Metadata } from 'next';
import { QuotaDefaults } from './quota-defaults.tsx';

export const metadata: Metadata = { title: 'Quota defaults' };

export default function QuotaDefaultsPage() {
  return <QuotaDefaults />;
}

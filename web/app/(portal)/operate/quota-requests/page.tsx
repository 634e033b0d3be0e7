import type { Metadata } from 'next';
import { QuotaRequestList } from './quota-request-list.tsx';

export const metadata: Metadata = { title: 'Quota requests' };

export default function QuotaRequestsPage() {
  return <QuotaRequestList />;
}

import type { Metadata } from 'next';
import { DomainList } from './domain-list.tsx';

export const metadata: Metadata = { title: 'Domains' };

export default function DomainsPage() {
  return <DomainList />;
}

import type { Metadata } from 'next';
import { AddressScopeList } from './address-scope-list.tsx';

export const metadata: Metadata = { title: 'Address scopes' };

type Props = { params: Promise<{ project: string }> };

export default async function AddressScopesPage({ params }: Props) {
  return <AddressScopeList project={(await params).project} />;
}

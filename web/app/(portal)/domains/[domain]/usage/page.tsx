import type { Metadata } from 'next';
import { DomainCost } from './domain-cost.tsx';

export const metadata: Metadata = { title: 'Cost of the domain' };

type Props = { params: Promise<{ domain: string }> };

export default async function DomainCostPage({ params }: Props) {
  return <DomainCost {...(await params)} />;
}

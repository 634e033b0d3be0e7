import type { Metadata } from 'next';
import { AggregateList } from './aggregate-list.tsx';

export const metadata: Metadata = { title: 'Aggregates' };

export default function AggregatesPage() {
  return <AggregateList />;
}

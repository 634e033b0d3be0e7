import type { Metadata } from 'next';
import { PriceLists } from './price-lists.tsx';

export const metadata: Metadata = { title: 'Price lists' };

export default function PriceListsPage() {
  return <PriceLists />;
}

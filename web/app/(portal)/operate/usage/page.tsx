import type { Metadata } from 'next';
import { CloudCost } from './cloud-cost.tsx';

export const metadata: Metadata = { title: 'Cost of the cloud' };

export default function CloudCostPage() {
  return <CloudCost />;
}

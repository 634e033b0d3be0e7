import type { Metadata } from 'next';
import { PlacementExplorer } from './placement-explorer.tsx';

export const metadata: Metadata = { title: 'Placement' };

export default function PlacementPage() {
  return <PlacementExplorer />;
}

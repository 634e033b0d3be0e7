import type { Metadata } from 'next';
import { OpenstackFiles } from './openstack-files.tsx';

export const metadata: Metadata = { title: 'OpenStack clients' };

export default function OpenstackPage() {
  return <OpenstackFiles />;
}

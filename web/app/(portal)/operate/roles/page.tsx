import type { Metadata } from 'next';
import { RoleList } from './role-list.tsx';

export const metadata: Metadata = { title: 'Roles' };

export default function RolesPage() {
  return <RoleList />;
}

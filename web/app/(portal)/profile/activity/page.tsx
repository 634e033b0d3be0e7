import type { Metadata } from 'next';
import { AuditLog } from '#resources/audit-log.tsx';

export const metadata: Metadata = { title: 'Your activity' };

export default function OwnActivityPage() {
  return <AuditLog place={{ isOwn: true }} summary="What you did, in all projects" neededRole="reader" />;
}

import type { Metadata } from 'next';
import { AuditLog } from '#resources/audit-log.tsx';

export const metadata: Metadata = { title: 'Activity' };

export default function SystemActivityPage() {
  return (
    <AuditLog
      place={{}}
      summary="Every change and every refused attempt in the whole installation"
      neededRole="reader on the system"
    />
  );
}

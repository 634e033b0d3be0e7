import type { Metadata } from 'next';
import { AuditLog } from '#resources/audit-log.tsx';

export const metadata: Metadata = { title: 'Activity' };

type Props = { params: Promise<{ domain: string }> };

export default async function DomainActivityPage({ params }: Props) {
  const { domain } = await params;
  return (
    <AuditLog
      place={{ domain }}
      summary="Every change and every refused attempt in this domain: its users, its roles and its projects"
      neededRole="manager on the domain"
    />
  );
}

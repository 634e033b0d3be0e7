import type { Metadata } from 'next';
import { AuditLog } from '#resources/audit-log.tsx';

export const metadata: Metadata = { title: 'Activity' };

type Props = { params: Promise<{ project: string }> };

export default async function ActivityPage({ params }: Props) {
  const { project } = await params;
  return (
    <AuditLog
      place={{ project }}
      summary="Every change in this project and every refused attempt"
      neededRole="reader on the project"
    />
  );
}

import type { Metadata } from 'next';
import { AuditLog } from './audit-log.tsx';

export const metadata: Metadata = { title: 'Activity' };

type Props = { params: Promise<{ project: string }> };

export default async function ActivityPage({ params }: Props) {
  const { project } = await params;
  return <AuditLog project={project} />;
}

import type { Metadata } from 'next';
import { QuotaPage } from './quota-page.tsx';

export const metadata: Metadata = { title: 'Quotas' };

type Props = { params: Promise<{ project: string }> };

export default async function QuotasPage({ params }: Props) {
  const { project } = await params;
  return <QuotaPage project={project} />;
}

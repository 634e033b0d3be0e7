import type { Metadata } from 'next';
import { RouterDetail } from './router-detail.tsx';

export const metadata: Metadata = { title: 'Router' };

type Props = { params: Promise<{ project: string; router: string }> };

export default async function RouterDetailPage({ params }: Props) {
  const { project, router } = await params;
  return <RouterDetail project={project} router={router} />;
}

import type { Metadata } from 'next';
import { RouterList } from './router-list.tsx';

export const metadata: Metadata = { title: 'Routers' };

type Props = { params: Promise<{ project: string }> };

export default async function RouterListPage({ params }: Props) {
  const { project } = await params;
  return <RouterList project={project} />;
}

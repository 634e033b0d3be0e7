import type { Metadata } from 'next';
import { ProjectDetail } from './project-detail.tsx';

export const metadata: Metadata = { title: 'Project' };

type Props = { params: Promise<{ domain: string; project: string }> };

export default async function ProjectDetailPage({ params }: Props) {
  return <ProjectDetail {...(await params)} />;
}

import type { Metadata } from 'next';
import { ProjectOverview } from './project-overview.tsx';

export const metadata: Metadata = { title: 'Overview' };

type Props = { params: Promise<{ project: string }> };

export default async function ProjectPage({ params }: Props) {
  const { project } = await params;
  return <ProjectOverview project={project} />;
}

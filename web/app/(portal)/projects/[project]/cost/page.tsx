import type { Metadata } from 'next';
import { ProjectCost } from './project-cost.tsx';

export const metadata: Metadata = { title: 'Cost' };

type Props = { params: Promise<{ project: string }> };

export default async function CostPage({ params }: Props) {
  const { project } = await params;
  return <ProjectCost project={project} />;
}

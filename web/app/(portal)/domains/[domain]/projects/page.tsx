import type { Metadata } from 'next';
import { ProjectTree } from './project-tree.tsx';

export const metadata: Metadata = { title: 'Projects' };

type Props = { params: Promise<{ domain: string }> };

export default async function ProjectTreePage({ params }: Props) {
  return <ProjectTree {...(await params)} />;
}

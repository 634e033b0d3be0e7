import type { Metadata } from 'next';
import { PathCheckPage } from './path-check-page.tsx';

export const metadata: Metadata = { title: 'Path check' };

type Props = { params: Promise<{ project: string }> };

export default async function ProjectPathCheckPage({ params }: Props) {
  const { project } = await params;
  return <PathCheckPage project={project} />;
}

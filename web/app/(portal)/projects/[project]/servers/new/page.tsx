import type { Metadata } from 'next';
import { ServerCreateForm } from '#forms/server-create.tsx';

export const metadata: Metadata = { title: 'Create server' };

type Props = { params: Promise<{ project: string }> };

export default async function ServerCreatePage({ params }: Props) {
  const { project } = await params;
  return <ServerCreateForm project={project} />;
}

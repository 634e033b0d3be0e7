import type { Metadata } from 'next';
import { ServerActivity } from './server-activity.tsx';

export const metadata: Metadata = { title: 'Activity' };

type Props = { params: Promise<{ project: string; server: string }> };

export default async function ServerActivityPage({ params }: Props) {
  const { project, server } = await params;
  return <ServerActivity project={project} server={server} />;
}

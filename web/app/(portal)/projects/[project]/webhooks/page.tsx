import type { Metadata } from 'next';
import { WebhookList } from './webhook-list.tsx';

export const metadata: Metadata = { title: 'Webhooks' };

type Props = { params: Promise<{ project: string }> };

export default async function WebhooksPage({ params }: Props) {
  const { project } = await params;
  return <WebhookList project={project} />;
}

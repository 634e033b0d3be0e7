import type { Metadata } from 'next';
import { WebhookDetail } from './webhook-detail.tsx';

export const metadata: Metadata = { title: 'Webhook' };

type Props = { params: Promise<{ project: string; webhook: string }> };

export default async function WebhookPage({ params }: Props) {
  const { project, webhook } = await params;
  return <WebhookDetail project={project} webhook={webhook} />;
}

import type { Metadata } from 'next';
import { KeyPairList } from './key-pair-list.tsx';

export const metadata: Metadata = { title: 'Key pairs' };

type Props = { params: Promise<{ project: string }> };

export default async function KeyPairsPage({ params }: Props) {
  const { project } = await params;
  return <KeyPairList project={project} />;
}

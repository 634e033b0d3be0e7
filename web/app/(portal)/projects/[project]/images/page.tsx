import type { Metadata } from 'next';
import { ImageList } from './image-list.tsx';

export const metadata: Metadata = { title: 'Images' };

type Props = { params: Promise<{ project: string }> };

export default async function ImagesPage({ params }: Props) {
  const { project } = await params;
  return <ImageList project={project} />;
}

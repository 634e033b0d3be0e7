import type { Metadata } from 'next';
import { MailList } from './mail-list.tsx';

export const metadata: Metadata = { title: 'Mail' };

export default function MailPage() {
  return <MailList />;
}

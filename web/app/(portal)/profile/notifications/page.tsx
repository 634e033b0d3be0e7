import type { Metadata } from 'next';
import { NotificationLog } from './notification-log.tsx';

export const metadata: Metadata = { title: 'Notifications' };

export default function NotificationsPage() {
  return <NotificationLog />;
}

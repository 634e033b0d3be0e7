import type { Metadata } from 'next';
import { ApplicationCredentialList } from './application-credential-list.tsx';

export const metadata: Metadata = { title: 'Application credentials' };

export default function ApplicationCredentialsPage() {
  return <ApplicationCredentialList />;
}

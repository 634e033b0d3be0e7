import type { Metadata } from 'next';
import { SignUpPolicyPage } from './sign-up-policy.tsx';

export const metadata: Metadata = { title: 'Sign-up' };

export default function SignUpPage() {
  return <SignUpPolicyPage />;
}

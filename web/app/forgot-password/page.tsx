import type { Metadata } from 'next';
import { ForgotPassword } from '#forms/letter-request.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Forgot your password?' };

export default function ForgotPasswordPage() {
  return (
    <OutsidePage title="Forgot your password?">
      <ForgotPassword />
    </OutsidePage>
  );
}

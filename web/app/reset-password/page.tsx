import type { Metadata } from 'next';
import { ResetPassword } from '#forms/letter-answer.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Choose a new password' };

export default function ResetPasswordPage() {
  return (
    <OutsidePage title="Choose a new password">
      <ResetPassword />
    </OutsidePage>
  );
}

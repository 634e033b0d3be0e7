import type { Metadata } from 'next';
import { SignUp } from '#forms/letter-request.tsx';
import { OutsidePage } from '../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default function SignUpPage() {
  return (
    <OutsidePage title="Create an account">
      <SignUp />
    </OutsidePage>
  );
}

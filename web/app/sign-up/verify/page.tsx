import type { Metadata } from 'next';
import { SignUpVerify } from '#forms/letter-answer.tsx';
import { OutsidePage } from '../../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Begin with Unkai' };

export default function SignUpVerifyPage() {
  return (
    <OutsidePage title="Begin with Unkai">
      <SignUpVerify />
    </OutsidePage>
  );
}

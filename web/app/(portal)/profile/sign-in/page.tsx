import type { Metadata } from 'next';
import { PasswordAndCodes } from './password-and-codes.tsx';

export const metadata: Metadata = { title: 'Password and codes' };

export default function PasswordAndCodesPage() {
  return <PasswordAndCodes />;
}

import type { ReactNode } from 'react';
import { DomainGate } from './domain-gate.tsx';

type Props = { children: ReactNode; params: Promise<{ domain: string }> };

export default async function DomainLayout({ children, params }: Props) {
  const { domain } = await params;
  return <DomainGate domain={domain}>{children}</DomainGate>;
}

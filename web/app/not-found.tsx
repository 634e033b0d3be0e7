import type { Metadata } from 'next';
import { ButtonLink } from '#ui/button.tsx';
import { Logo } from '#ui/logo.tsx';
import { paths } from '../paths.ts';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-3 p-6 text-center">
      <Logo size={40} />
      <h1 className="font-semibold text-title">There is no such page</h1>
      <p className="max-w-sm text-ink-muted">The address is mistyped, or what it led to has moved.</p>
      <ButtonLink href={paths.home()}>Open the portal</ButtonLink>
    </main>
  );
}

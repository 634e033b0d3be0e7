import type { ReactNode } from 'react';
import { Logo } from '#ui/logo.tsx';
import { paths } from '../paths.ts';

/** A page for who is not signed in: one thing to do, below the mark. */
export function OutsidePage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh px-4">
      <div className="w-full max-w-88 place-self-center py-10">
        <div className="mb-8 grid justify-items-center gap-3 text-center">
          <Logo size={40} />
          <h1 className="font-semibold text-title tracking-[-0.01em]">{title}</h1>
        </div>
        <div className="grid gap-6">
          {children}
          <OutsideLink href={paths.signIn()}>Back to sign-in</OutsideLink>
        </div>
      </div>
    </main>
  );
}

export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="inline-flex h-8 w-fit items-center text-ink-muted text-table underline-offset-4 hover:text-ink hover:underline max-md:h-11"
    >
      {children}
    </a>
  );
}

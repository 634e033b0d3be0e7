'use client';
import { errorCatalog } from '@unkai/contracts/errors';
import { ErrorState } from '#ui/problem.tsx';

/** Takes the place of a page that broke while it was drawn; rail and top bar stay. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { status, next } = errorCatalog.internal;
  return (
    <ErrorState
      onRetry={reset}
      problem={{
        type: '/docs/errors#internal',
        code: 'internal',
        status,
        title: 'This page could not be drawn',
        detail: 'Something in the portal broke; nothing of yours was changed by it.',
        next,
        requestId: error.digest ?? '',
      }}
    />
  );
}

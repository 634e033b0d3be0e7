'use client';
import { type ReactNode, useEffect } from 'react';
import { config } from 'zod';
import { ApiProvider } from '#client/trpc.tsx';
import type { Theme } from '#session/theme.ts';
import { ToastProvider } from '#ui/toast.tsx';
import { TooltipProvider } from '#ui/tooltip.tsx';
import { pressEarlyClick } from './early-click.ts';
import { QuickActionsProvider } from './quick-actions.tsx';
import { ThemeProvider } from './theme-choice.tsx';

// zod would compile its parsers with `new Function`, which the Content-Security-Policy forbids.
config({ jitless: true });

/** What every page needs around it. */
export function Providers({ theme, children }: { theme: Theme; children: ReactNode }) {
  useEffect(pressEarlyClick, []);
  return (
    <ThemeProvider initial={theme}>
      <ApiProvider>
        <TooltipProvider delayDuration={300} skipDelayDuration={200}>
          <ToastProvider>
            <QuickActionsProvider>{children}</QuickActionsProvider>
          </ToastProvider>
        </TooltipProvider>
      </ApiProvider>
    </ThemeProvider>
  );
}

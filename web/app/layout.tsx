import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { hearBeforeRouter } from '#client/leave-page.ts';
import { nonceHeaderName } from '#session/nonce.ts';
import { themeCookieName, themeOf } from '#session/theme.ts';
import { rememberEarlyClick } from '../shell/early-click.ts';
import { Providers } from '../shell/providers.tsx';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Unkai', template: '%s · Unkai' } };

const grounds = { light: '#f9fafc', dark: '#10131b' } as const;

/**
 * The browser learns the theme from the first bytes of the page: what it paints before the style sheet is there, and
 * its own bar, have the theme's colours too.
 */
export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  if (theme !== 'system') return { colorScheme: theme, themeColor: grounds[theme] };
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: grounds.light },
      { media: '(prefers-color-scheme: dark)', color: grounds.dark },
    ],
  };
}

async function chosenTheme() {
  return themeOf((await cookies()).get(themeCookieName)?.value);
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  return (
    <html lang="en" {...(theme !== 'system' && { 'data-theme': theme })}>
      <body>
        <script nonce={(await headers()).get(nonceHeaderName) ?? undefined}>
          {`${rememberEarlyClick};${hearBeforeRouter}`}
        </script>
        <Providers theme={theme}>{children}</Providers>
      </body>
    </html>
  );
}

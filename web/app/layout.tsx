import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { nonceHeaderName } from '#session/nonce.ts';
import { themeCookieName, themeOf } from '#session/theme.ts';
import { rememberEarlyClick } from '../shell/early-click.ts';
import { Providers } from '../shell/providers.tsx';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Unkai', template: '%s · Unkai' } };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafc' },
    { media: '(prefers-color-scheme: dark)', color: '#10131b' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(themeCookieName)?.value);
  return (
    <html lang="en" {...(theme !== 'system' && { 'data-theme': theme })}>
      <body>
        <script nonce={(await headers()).get(nonceHeaderName) ?? undefined}>{rememberEarlyClick}</script>
        <Providers theme={theme}>{children}</Providers>
      </body>
    </html>
  );
}

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { themeCookieName, themeOf } from '#session/theme.ts';
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
        <Providers theme={theme}>{children}</Providers>
      </body>
    </html>
  );
}

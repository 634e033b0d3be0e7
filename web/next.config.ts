import type { NextConfig } from 'next';

/** Headers of every answer. The Content-Security-Policy needs a nonce per request and is set in proxy.ts. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  transpilePackages: ['@unkai/contracts'],
  poweredByHeader: false,
  reactStrictMode: true,
  // `pnpm check:types` checks the whole workspace in one go; a second check here would only double the build time.
  typescript: { ignoreBuildErrors: true },
  // There are no images to optimise, and sharp is not installed.
  images: { unoptimized: true },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;

import { defineConfig } from '@playwright/test';

/** The portal as people use it: a real Chromium, the stack that `./unkai up` starts, guests that really boot. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '*.spec.ts',
  globalSetup: './fixtures/installation-start.ts',
  outputDir: './test-results',
  // One installation, one project, two cores: specs take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // The report names what passed only at the second try; a guest that is emulated on a busy machine may.
  retries: 1,
  // Emulated guests on a busy machine are slow, not wrong.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

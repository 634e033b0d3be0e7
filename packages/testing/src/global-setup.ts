// Loaded by vitest once for each project that needs Postgres and Redis; all of them share one pair.
import { generate } from '@unkai/prisma/generate';
import { migrateDeploy } from '@unkai/prisma/migrate';
import { applicationRole } from '@unkai/supervisor/services/postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type Services, startServices } from './services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    services: { databaseUrl: string; applicationUrl: string; templateDatabase: string; redisUrl: string };
  }
}

declare global {
  var unkaiTestServices: { users: number; started: Promise<Services> } | undefined;
}

const templateDatabase = 'migrated';

/** Starts the engines for the first project, and ends them after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Each project loads this file anew, so the count is kept where all copies see it.
  globalThis.unkaiTestServices ??= { users: 0, started: startMigrated() };
  const shared = globalThis.unkaiTestServices;
  shared.users += 1;
  const { databaseUrl, applicationUrl, redisUrl, stop } = await shared.started;
  project.provide('services', { databaseUrl, applicationUrl, redisUrl, templateDatabase });
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    globalThis.unkaiTestServices = undefined;
    await stop();
  };
}

async function startMigrated(): Promise<Services> {
  await generate();
  const services = await startServices();
  const client = new pg.Client(services.databaseUrl);
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  const url = new URL(services.databaseUrl);
  url.pathname = `/${templateDatabase}`;
  await migrateDeploy(url.href, { applicationRole });
  return services;
}

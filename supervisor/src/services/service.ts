import type { Argv } from '@unkai/hostagent/tools/run';

/** How to run one engine on this machine, as data: the supervisor keeps it running, tests run it for a while. */
export type ServiceProcess = {
  name: 'postgres' | 'redis';
  argv: Argv;
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Set when we are root: engines that only serve us do not need its rights. */
  uid?: number;
  gid?: number;
  /** How to end it without losing anything, and how long that may take. */
  stopSignal: NodeJS.Signals;
  stopGraceMs: number;
  /** True once it answers. Asks once and is quick; the caller asks again. */
  isReady: () => Promise<boolean>;
};

/** A prepared engine: its folder exists, its secrets are made, and it can be started. */
export type Service = { process: ServiceProcess; url: string };

/** Postgres, for the programs by `url`; `ownerUrl` is for who makes and changes tables. */
export type PostgresService = Service & { ownerUrl: string };

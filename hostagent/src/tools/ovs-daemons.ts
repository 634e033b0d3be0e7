// Where Open vSwitch comes from: the system's own when it answers, else a private pair of daemons below the host's
// folder. The private ones detach, so guests keep their traffic while the agent restarts, and are found again by the
// pid files in their run folder.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode, namesIn } from '../files.ts';
import { inNamespace } from './namespace.ts';
import { OvsdbClient } from './ovsdb.ts';
import { run } from './run.ts';

export type OvsSettings = {
  /** Folder for a private instance. */
  home: string;
  /** Run folder of the system's instance (UNKAI_OVS_RUNDIR). */
  systemRunDirectory: string;
  /** Network namespace of all of this host's devices; the machine's own unless told. */
  namespace?: string;
};

const stopLimitMs = 5_000;
const schema = '/usr/share/openvswitch/vswitch.ovsschema';

export class OvsDaemons {
  readonly runDirectory: string;
  readonly isPrivate: boolean;
  readonly #home: string;
  readonly #namespace: string | undefined;

  private constructor(settings: OvsSettings, runDirectory: string, isPrivate: boolean) {
    this.#home = settings.home;
    this.#namespace = settings.namespace;
    this.runDirectory = runDirectory;
    this.isPrivate = isPrivate;
  }

  /** Decides which instance this host uses. A host in a namespace of its own never shares the system's. */
  static async choose(settings: OvsSettings): Promise<OvsDaemons> {
    if (settings.namespace === undefined) {
      const database = new OvsdbClient(join(settings.systemRunDirectory, 'db.sock'));
      const answers = await database.isAnswering();
      await database.close();
      if (answers) return new OvsDaemons(settings, settings.systemRunDirectory, false);
    }
    return new OvsDaemons(settings, join(settings.home, 'run'), true);
  }

  get databaseSocket(): string {
    return join(this.runDirectory, 'db.sock');
  }

  /** Starts what is not running of a private instance; the system's own is left to the system. Throws ToolError. */
  async ensureRunning(database: OvsdbClient): Promise<void> {
    if (!this.isPrivate) return;
    const folder = { database: join(this.#home, 'db'), log: join(this.#home, 'log') };
    for (const path of [this.runDirectory, folder.database, folder.log]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    const file = join(folder.database, 'conf.db');
    if (!existsSync(file)) await run(['ovsdb-tool', 'create', file, schema]);
    if ((await this.#pid('ovsdb-server')) === null) {
      const remote = `--remote=punix:${this.databaseSocket}`;
      await this.#start('ovsdb-server', folder.log, [file, remote]);
    }
    await initialise(database);
    if ((await this.switchProcess()) === null) {
      await this.#start('ovs-vswitchd', folder.log, [`unix:${this.databaseSocket}`]);
    }
  }

  /** Ends a private instance; the system's own is left to the system. Harmless when it does not run. */
  async stop(): Promise<void> {
    if (!this.isPrivate) return;
    for (const program of ['ovs-vswitchd', 'ovsdb-server'] as const) {
      const pid = await this.#pid(program);
      if (pid === null) continue;
      process.kill(pid, 'SIGTERM');
      for (let waitedMs = 0; waitedMs < stopLimitMs && (await this.#pid(program)) === pid; waitedMs += 20)
        await delay(20);
    }
  }

  /** Which ovs-vswitchd runs, as pid and start time; null when none does. Another one means that all flows are gone. */
  async switchProcess(): Promise<string | null> {
    const pid = await this.#pid('ovs-vswitchd');
    if (pid === null) return null;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name, in parentheses, may hold blanks; the start time is the 20th field after it.
    return `${pid}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  }

  /** Control socket of ovs-vswitchd, for ovs-appctl. Throws when it does not run. */
  async switchControl(): Promise<string> {
    const pid = await this.#pid('ovs-vswitchd');
    if (pid === null) throw new Error('ovs-vswitchd does not run.');
    return join(this.runDirectory, `ovs-vswitchd.${pid}.ctl`);
  }

  /** The pid in the daemon's pid file, if a process of that name has it. */
  async #pid(program: string): Promise<number | null> {
    try {
      const pid = Number.parseInt(await readFile(join(this.runDirectory, `${program}.pid`), 'utf8'), 10);
      const name = await readFile(`/proc/${pid}/comm`, 'utf8');
      // A process that has ended and is not yet waited for still has a name, but no command line.
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
      return name.trim() === program.slice(0, 15) && commandLine !== '' ? pid : null;
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT') || hasErrorCode(error, 'ESRCH')) return null;
      throw error;
    }
  }

  /** Control sockets have their process in their name: one that was killed leaves its own, and another with each kill. */
  async #removeControls(program: string): Promise<void> {
    const left = (await namesIn(this.runDirectory)).filter((name) => name.startsWith(`${program}.`));
    for (const name of left.filter((each) => each.endsWith('.ctl')))
      await rm(join(this.runDirectory, name), { force: true });
  }

  async #start(program: string, logFolder: string, options: readonly string[]): Promise<void> {
    await this.#removeControls(program);
    const common = [
      `--pidfile=${join(this.runDirectory, `${program}.pid`)}`,
      `--log-file=${join(logFolder, `${program}.log`)}`,
      // Warnings only: at its usual level the log grows without end, and nothing here rotates it.
      '-vconsole:off',
      '-vsyslog:off',
      '-vfile:warn',
      '--no-chdir',
      '--detach',
    ];
    await run(inNamespace(this.#namespace, [program, ...options, ...common]), {
      env: { OVS_RUNDIR: this.runDirectory, OVS_DBDIR: join(this.#home, 'db'), OVS_LOGDIR: logFolder },
    });
  }
}

/** A new database holds no configuration row; ovs-vswitchd waits for one. */
async function initialise(database: OvsdbClient): Promise<void> {
  const [rows] = await database.transact([{ op: 'select', table: 'Open_vSwitch', where: [], columns: ['_uuid'] }]);
  if (rows?.rows?.length === 0) await database.transact([{ op: 'insert', table: 'Open_vSwitch', row: {} }]);
}

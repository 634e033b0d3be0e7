import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { ServerPaths } from '../paths.ts';
import { type GuestProcess, guestProcesses, isAlive } from './guest-process.ts';
import { guestUser } from './guest-user.ts';
import type { GuestInterfaces, GuestStatus, MachineInterface, RunningGuest } from './qemu.ts';
import { guestInterfaces, type InterfaceMonitor, plugInterface, unplugInterface } from './qemu-interfaces.ts';
import { QmpClient, QmpError } from './qmp.ts';
import { openTunDevice } from './tun-device.ts';

const queryStatus = z.object({ status: z.string() });
const queryUuid = z.object({ UUID: z.string() });
/** Events after which the status may be another one. */
const telling = new Set(['SHUTDOWN', 'STOP', 'RESUME', 'RESET', 'GUEST_PANICKED', 'BLOCK_IO_ERROR']);
const quitGraceMs = 5_000;
const lineLimitMs = 5_000;

/** A guest in a QEMU process, known by its monitor. Survives a lost line: it is opened again when it is needed. */
export class QemuGuest implements RunningGuest {
  readonly serverId: string;
  readonly #pid: number;
  readonly #paths: ServerPaths;
  #listener: () => void = () => undefined;
  #monitor: Promise<QmpClient> | undefined;
  #deletion = Promise.withResolvers<void>();
  readonly #interfaces: InterfaceMonitor = {
    execute: (command, given) => this.#execute(command, given),
    nextDeletion: () => this.#deletion.promise,
  };
  #isGone = false;

  constructor(process: GuestProcess, paths: ServerPaths) {
    this.serverId = process.serverId;
    this.#pid = process.pid;
    this.#paths = paths;
  }

  /** Opens the line and checks that it leads to this guest. Throws QmpError. */
  async connect(timeoutMs: number): Promise<void> {
    await this.#line(timeoutMs);
  }

  async status(): Promise<GuestStatus> {
    const { status } = queryStatus.parse(await this.#execute('query-status'));
    return meaningOf(status);
  }

  async pressPowerButton(): Promise<void> {
    await this.#execute('system_powerdown');
  }

  async reset(): Promise<void> {
    await this.#execute('system_reset');
    // A machine that had shut itself down waits after the reset; for a running one this changes nothing.
    await this.#execute('cont');
  }

  async resume(): Promise<void> {
    await this.#execute('cont');
  }

  async interfaces(): Promise<GuestInterfaces> {
    return guestInterfaces(this.#interfaces);
  }

  async plug(port: MachineInterface): Promise<void> {
    if (guestUser(this.serverId) !== undefined) await openTunDevice();
    await plugInterface(this.#interfaces, port);
  }

  async unplug(tapName: string): Promise<void> {
    await unplugInterface(this.#interfaces, tapName);
  }

  async quit(): Promise<void> {
    // A line that fails, or never answers, is what the kill below is for.
    await this.#execute('quit').catch(() => undefined);
    if (!(await this.#goneWithin(quitGraceMs))) await this.#kill();
    this.#markGone();
  }

  letGo(): void {
    this.#listener = () => undefined;
    const monitor = this.#monitor;
    this.#monitor = undefined;
    // A line that could not be opened needs no closing.
    void monitor?.then(
      (open) => open.close(),
      () => undefined,
    );
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  isGone(): boolean {
    return this.#isGone;
  }

  openSerial(): Promise<Duplex> {
    return openSocket(this.#paths.serial);
  }

  openScreen(): Promise<Duplex> {
    return openSocket(this.#paths.screen);
  }

  async #execute(command: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#isGone) throw new QmpError('QEMU is gone', true);
    const monitor = await this.#line(lineLimitMs);
    return monitor.execute(command, given);
  }

  /** The line there is, or a new one. One that could not be opened, or was lost, is not kept: the next command opens another. */
  #line(timeoutMs: number): Promise<QmpClient> {
    if (this.#monitor !== undefined) return this.#monitor;
    const line = this.#open(timeoutMs);
    const forget = () => {
      if (this.#monitor === line) this.#monitor = undefined;
    };
    line.then(async (monitor) => {
      await monitor.closed;
      forget();
      await this.#lineLost();
    }, forget);
    this.#monitor = line;
    return line;
  }

  async #open(timeoutMs: number): Promise<QmpClient> {
    const monitor = await QmpClient.connect(this.#paths.qmp, timeoutMs);
    try {
      const { UUID } = queryUuid.parse(await monitor.execute('query-uuid'));
      if (UUID !== this.serverId) {
        throw new UnkaiError('host_failed', 'The monitor of this server belongs to another virtual machine.');
      }
    } catch (error) {
      // QEMU serves one at a time: a line that nobody uses would keep everybody out.
      monitor.close();
      throw error;
    }
    monitor.onEvent(({ event }) => {
      if (telling.has(event)) this.#listener();
      if (event === 'DEVICE_DELETED') this.#tellDeletion();
    });
    return monitor;
  }

  #tellDeletion(): void {
    this.#deletion.resolve();
    this.#deletion = Promise.withResolvers<void>();
  }

  /** Almost always the process is ending; should it live on, the next command opens the line again. */
  async #lineLost(): Promise<void> {
    if (await this.#goneWithin(quitGraceMs)) this.#markGone();
    this.#listener();
  }

  async #goneWithin(milliseconds: number): Promise<boolean> {
    for (let waited = 0; waited <= milliseconds; waited += 20) {
      if (!(await isAlive(this.#pid))) return true;
      await sleep(20);
    }
    return false;
  }

  async #kill(): Promise<void> {
    // Looked up again, so that a pid that has gone to another process in between is left alone.
    const still = (await guestProcesses(dirname(this.#paths.run))).find(({ pid }) => pid === this.#pid);
    if (still?.serverId !== this.serverId) return;
    process.kill(this.#pid, 'SIGKILL');
    if (!(await this.#goneWithin(quitGraceMs))) {
      throw new UnkaiError('host_failed', 'The virtual machine process does not end, not even by force.');
    }
  }

  #markGone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#listener();
  }
}

function meaningOf(status: string): GuestStatus {
  switch (status) {
    case 'running':
      return { kind: 'running' };
    case 'shutdown':
      return { kind: 'off' };
    case 'guest-panicked':
      return { kind: 'failed', reason: "The guest's kernel panicked." };
    case 'internal-error':
      return {
        kind: 'failed',
        reason: 'The accelerator gave up: it met an instruction that it cannot run (internal error).',
      };
    case 'io-error':
      return { kind: 'disk-full' };
    default:
      return { kind: 'paused', reason: `The virtual machine stands still (${status}).` };
  }
}

/** The last line that QEMU said, without the program's name and without paths of the host. */
export async function lastLine(paths: ServerPaths): Promise<string> {
  const text = await readFile(paths.qemuLog, 'utf8').catch(() => '');
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return line
    .replace(/^qemu-system-\w+: /, '')
    .replaceAll(/\/[\w./-]*\//g, '')
    .slice(0, 300);
}

function openSocket(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

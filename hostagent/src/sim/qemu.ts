import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import { UnkaiError } from '@unkai/contracts/errors';
import type { GuestInterfaces, GuestStatus, Machine, MachineInterface, QemuTool, RunningGuest } from '../tools/qemu.ts';
import type { Faults } from './faults.ts';

/** A guest that boots at once, prints a few lines, and echoes what is typed at it. */
export class SimulatedGuest implements RunningGuest {
  readonly serverId: string;
  readonly #machine: Machine;
  readonly #faults: Faults;
  #status: GuestStatus = { kind: 'running' };
  #isGone = false;
  #listener: () => void = () => undefined;
  #serial: Duplex | undefined;
  /** How often it has booted, for tests that count reboots. */
  boots = 0;
  /** Taps that it has an interface at, with their slots. */
  readonly plugged: Map<string, number>;

  constructor(machine: Machine, faults: Faults) {
    this.serverId = machine.serverId;
    this.#machine = machine;
    this.#faults = faults;
    this.plugged = new Map(machine.interfaces.map(({ tapName, slot }) => [tapName, slot]));
    this.#boot();
  }

  async status(): Promise<GuestStatus> {
    return this.#status;
  }

  async pressPowerButton(): Promise<void> {
    await this.#faults.at('guest.pressPowerButton');
    this.shutDown();
  }

  async reset(): Promise<void> {
    await this.#faults.at('guest.reset');
    this.#become({ kind: 'running' });
    this.#boot();
  }

  async resume(): Promise<void> {
    this.#become({ kind: 'running' });
  }

  async interfaces(): Promise<GuestInterfaces> {
    return { taps: [...this.plugged.keys()], unnamed: 0 };
  }

  async plug({ tapName, slot }: MachineInterface): Promise<void> {
    await this.#faults.at('guest.plug');
    this.plugged.set(tapName, slot);
  }

  async unplug(tapName: string): Promise<void> {
    await this.#faults.at('guest.unplug');
    this.plugged.delete(tapName);
  }

  async quit(): Promise<void> {
    this.die();
  }

  letGo(): void {
    this.#listener = () => undefined;
  }

  onChange(listener: () => void): void {
    this.#listener = listener;
  }

  isGone(): boolean {
    return this.#isGone;
  }

  async openSerial(): Promise<Duplex> {
    const guest = this;
    this.#serial?.destroy();
    this.#serial = new Duplex({
      read() {},
      write(bytes: Buffer, _encoding, done) {
        guest.print(bytes.toString('latin1').replaceAll('\r', `\r\n${guest.#prompt()}`));
        done();
      },
    });
    return this.#serial;
  }

  async openScreen(): Promise<Duplex> {
    throw new UnkaiError('unavailable', 'A simulated server has no screen; use its serial console.');
  }

  /** The guest shuts itself down. */
  shutDown(): void {
    this.print('reboot: Power down\r\n');
    this.#become({ kind: 'off' });
  }

  /** The guest cannot go on. */
  fail(reason: string): void {
    this.#become({ kind: 'failed', reason });
  }

  /** Its process is gone, without a word. */
  die(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#serial?.destroy();
    this.#listener();
  }

  print(text: string): void {
    appendFileSync(this.#machine.paths.serialLog, text, { mode: 0o600 });
    this.#serial?.push(Buffer.from(text));
  }

  #become(status: GuestStatus): void {
    this.#status = status;
    this.#listener();
  }

  #boot(): void {
    this.boots += 1;
    const { vcpus, memoryMib } = this.#machine;
    const parts = ['memory', 'clock', 'disk', 'network', 'root file system', 'metadata'];
    const lines = parts.map((part) => `Simulated ${part}: ready\r\n`).join('');
    this.print(`Simulated guest, ${vcpus} processors, ${memoryMib} MiB\r\n${lines}${this.#prompt()}`);
  }

  #prompt(): string {
    return `server-${this.serverId.slice(0, 8)} login: `;
  }
}

/** QEMU without QEMU: guests live in this process and end with it, as on a host that was switched off. */
export class SimulatedQemu implements QemuTool {
  readonly guests = new Map<string, SimulatedGuest>();
  readonly #faults: Faults;
  readonly #bootId = `simulated-${process.pid}-${Date.now()}`;
  /** Told when a guest has booted and asks for its metadata. */
  onBoot: (serverId: string) => void = () => undefined;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  async version(): Promise<string> {
    return 'simulated';
  }

  async start(machine: Machine): Promise<RunningGuest> {
    await this.#faults.at('qemu.start');
    await mkdir(machine.paths.run, { recursive: true, mode: 0o700 });
    const guest = new SimulatedGuest(machine, this.#faults);
    this.guests.set(machine.serverId, guest);
    setImmediate(() => this.onBoot(machine.serverId));
    return guest;
  }

  async find(serverId: string): Promise<RunningGuest | undefined> {
    const guest = this.guests.get(serverId);
    return guest === undefined || guest.isGone() ? undefined : guest;
  }

  async list(): Promise<string[]> {
    return [...this.guests.values()].filter((guest) => !guest.isGone()).map(({ serverId }) => serverId);
  }

  async lastWords(): Promise<string> {
    return '';
  }

  async forget(serverId: string): Promise<void> {
    this.guests.delete(serverId);
  }

  async bootId(): Promise<string> {
    return this.#bootId;
  }
}

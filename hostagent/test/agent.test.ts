import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UnkaiError } from '@unkai/contracts/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { imageBytes, SimulatedHost, simulatedServer } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let host: SimulatedHost;
beforeEach(async () => {
  host = await SimulatedHost.start();
});
afterEach(() => host.stop());

const limits = { timeout: 10_000, interval: 20 };
const until = (look: () => void | Promise<void>) => vi.waitFor(look, limits);
const latest = (id: string) => host.plane.latest('server', id);

/** Wants a server and waits until it runs. */
async function running(spec = simulatedServer()) {
  host.plane.want('network', networkSpec(1));
  const generation = host.plane.want('server', spec);
  await until(() => expect(latest(spec.id)).toMatchObject({ generation, state: 'present', power: 'on' }));
  return spec;
}

test('joins once, keeps its credential for its owner only, and is heard', async () => {
  await until(() => expect(host.plane.heartbeats).toBeGreaterThan(1));
  expect((await stat(join(host.home, 'credential.json'))).mode & 0o777).toBe(0o600);
  await host.stopAgent();
  await host.startAgent();
  const { heartbeats } = host.plane;
  await until(() => expect(host.plane.heartbeats).toBeGreaterThan(heartbeats));
  expect(host.plane.joins).toBe(1);
});

test('H3: when the answer to a join is lost, also over a restart, the same credential is asked for again', async () => {
  await host.stopAgent();
  await rm(join(host.home, 'credential.json'));
  const { plane } = host;
  const before = plane.proposed.length;
  plane.lostJoins = 2;
  await host.startAgent();
  await until(() => expect(plane.proposed.length).toBeGreaterThan(before));
  const proposal = join(host.home, 'credential-proposed.json');
  expect((await stat(proposal)).mode & 0o777).toBe(0o600);
  await host.stopAgent();
  await host.startAgent();
  await until(async () => expect(await readdir(host.home)).toContain('credential.json'));
  const asked = plane.proposed.slice(before);
  expect(asked.length).toBeGreaterThan(2);
  expect(new Set(asked).size).toBe(1);
  expect(asked[0]).toMatch(/^ukh_[\w-]{43}$/);
  expect(plane.proposed.slice(0, before)).not.toContain(asked[0]);
  await until(async () => expect(await readdir(host.home)).not.toContain('credential-proposed.json'));
});

test('a server that is wanted runs, and its first metadata request is reported', async () => {
  const { id } = await running();
  await until(() => expect(latest(id)?.firstMetadataAt).toBeDefined());
  expect(host.hasGuest(id)).toBe(true);
});

test('what is kept of a server, user data and all, is closed to others', async () => {
  const { id } = await running();
  const file = join(host.home, 'state/server', `${id}.json`);
  expect(await readFile(file, 'utf8')).toContain('#!/bin/sh');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a server that is no longer wanted leaves nothing, and purging it again is harmless', async () => {
  const { id } = await running();
  host.plane.unwant('server', id);
  await until(() => expect(latest(id)?.state).toBe('absent'));
  expect(host.hasGuest(id)).toBe(false);
  for (const folder of ['servers', 'run', 'state/server']) expect(await readdir(join(host.home, folder))).toEqual([]);
  await host.agent.host.controlPlane.desired('server', id, 'again');
  const before = host.plane.reports.length;
  await host.stopAgent();
  await host.startAgent();
  await until(() => expect(host.plane.heartbeats).toBeGreaterThan(2));
  expect(host.plane.reports.slice(before).filter((report) => report.id === id)).toEqual([]);
});

test('A35: what the list lacks is purged only when the control plane says so of that one thing', async () => {
  const { id } = await running();
  host.plane.broken.set(`/agent/desired/server/${id}`, 500);
  host.plane.unwant('server', id);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(host.hasGuest(id)).toBe(true);
  host.plane.broken.clear();
  await until(() => expect(host.hasGuest(id)).toBe(false));
});

test('a guest that shuts itself down is reported off, and stays off until something new is wanted', async () => {
  const spec = await running();
  host.guest(spec.id).shutDown();
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'present', power: 'off' }));
  const reports = host.plane.reports.length;
  await until(() => expect(host.plane.reports.length).toBeGreaterThan(reports + 2));
  expect(host.hasGuest(spec.id)).toBe(false);
  host.plane.want('server', spec);
  await until(() => expect(latest(spec.id)).toMatchObject({ power: 'on' }));
});

test('a guest that fails is reported crashed, with the reason', async () => {
  const { id } = await running();
  host.guest(id).fail("The guest's kernel panicked.");
  await until(() =>
    expect(latest(id)).toMatchObject({ power: 'crashed', failure: { message: "The guest's kernel panicked." } }),
  );
});

test('a guest whose process vanishes is reported crashed, and not started behind its owner', async () => {
  const { id } = await running();
  host.guest(id).die();
  await until(() => expect(latest(id)).toMatchObject({ power: 'crashed', failure: { code: 'accelerator_failed' } }));
  expect(host.hasGuest(id)).toBe(false);
});

test('a host that was switched off starts its guests again', async () => {
  const { id } = await running();
  await host.stopAgent();
  host.plane.reports.length = 0;
  await host.startAgent();
  await until(() => expect(latest(id)).toMatchObject({ power: 'on' }));
});

test('a stop asks first, and cuts off a guest that takes too long', async () => {
  const spec = await running();
  host.faults.slow('guest.pressPowerButton', 0);
  const guest = host.guest(spec.id);
  guest.pressPowerButton = async () => undefined;
  host.plane.want('server', { ...spec, power: 'off' });
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'present', power: 'off' }));
  expect(guest.isGone()).toBe(true);
});

test('a delete does not wait for a guest that takes its time to shut down', async () => {
  await host.stopAgent();
  await host.startAgent({ UNKAI_POWER_OFF_SECONDS: '600' });
  const spec = await running();
  host.guest(spec.id).pressPowerButton = async () => undefined;
  host.plane.want('server', { ...spec, power: 'off' });
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'working' }));
  host.plane.unwant('server', spec.id);
  await until(() => expect(latest(spec.id)?.state).toBe('absent'));
});

test('an act is carried out once, however often it is wanted and whatever restarts in between', async () => {
  const spec = await running();
  const action = { id: '01890a5d-0000-774b-8cce-00000000bbbb', kind: 'reboot-hard' } as const;
  host.plane.want('server', { ...spec, actions: [action] });
  await until(() => expect(latest(spec.id)?.actionsDone).toEqual([{ id: action.id, failure: null }]));
  expect(host.guest(spec.id).boots).toBe(2);
  host.plane.want('server', { ...spec, actions: [action], name: 'renamed' });
  await until(() => expect(latest(spec.id)).toMatchObject({ generation: 3, actionsDone: [{ id: action.id }] }));
  expect(host.guest(spec.id).boots).toBe(2);
  await host.stopAgent();
  await host.startAgent();
  await until(() => expect(host.hasGuest(spec.id)).toBe(true));
  host.plane.want('server', { ...spec, actions: [action] });
  await until(() => expect(latest(spec.id)).toMatchObject({ generation: 4, actionsDone: [{ id: action.id }] }));
  expect(host.guest(spec.id).boots).toBe(1);
});

test('an act that an agent began and did not finish is reported failed, and not done again', async () => {
  const spec = await running();
  const action = { id: '01890a5d-0000-774b-8cce-00000000cccc', kind: 'reboot-hard' } as const;
  const { changeRecord } = await import('../src/resources/server-record.ts');
  await changeRecord(host.agent.host, spec.id, { actions: { [action.id]: { state: 'begun', failure: null } } });
  host.plane.want('server', { ...spec, actions: [action] });
  await until(() =>
    expect(latest(spec.id)?.actionsDone).toMatchObject([{ id: action.id, failure: { code: 'host_failed' } }]),
  );
  expect(host.guest(spec.id).boots).toBe(1);
});

test('a soft reboot lets the guest shut down and starts it again', async () => {
  const spec = await running();
  const action = { id: '01890a5d-0000-774b-8cce-00000000dddd', kind: 'reboot-soft' } as const;
  host.plane.want('server', { ...spec, actions: [action] });
  await until(() => expect(latest(spec.id)?.actionsDone).toEqual([{ id: action.id, failure: null }]));
  expect(latest(spec.id)).toMatchObject({ power: 'on' });
  expect(host.guest(spec.id).boots).toBe(2);
});

test('an image stays while a disk lies on it, and goes when it is no longer wanted', async () => {
  const spec = await running();
  host.plane.want('image', spec.image);
  await until(() => expect(host.plane.latest('image', spec.image.id)?.state).toBe('present'));
  host.plane.unwant('image', spec.image.id);
  await until(() => expect(host.plane.latest('image', spec.image.id)?.state).toBe('absent'));
  expect(await readdir(join(host.home, 'images'))).toEqual([spec.image.id]);
  host.plane.unwant('server', spec.id);
  await until(async () => expect(await readdir(join(host.home, 'images'))).toEqual([]));
});

async function failureOf(spec = simulatedServer()) {
  host.plane.want('network', networkSpec(1));
  host.plane.want('server', spec);
  await until(() => expect(latest(spec.id)?.state).toBe('failed'));
  return latest(spec.id)?.failure;
}

test('an image whose file is missing fails the server with that reason', async () => {
  host.plane.images.clear();
  expect(await failureOf()).toMatchObject({ code: 'image_missing' });
});

test('an image with other bytes than were stored is refused, and nothing of it stays', async () => {
  host.plane.images.set(simulatedServer().image.id, Buffer.from(imageBytes.toString().replace('image', 'IMAGE')));
  expect(await failureOf()).toMatchObject({ code: 'image_corrupt' });
  // Each sync tries it again, and each time it goes.
  await until(async () => expect(await readdir(join(host.home, 'images'))).toEqual([]));
});

test('an image that is longer than announced is cut off at once', async () => {
  host.plane.images.set(simulatedServer().image.id, Buffer.concat([imageBytes, imageBytes]));
  expect(await failureOf()).toMatchObject({ code: 'image_corrupt', message: expect.stringContaining('more than its') });
});

test('a full disk fails the server with the figures', async () => {
  host.agent.host.tools.disk.freeBytes = async () => 1024 ** 2;
  const failure = await failureOf();
  expect(failure).toMatchObject({ code: 'disk_full' });
  expect(failure?.message).toContain('MiB are free');
});

test('a host that is full stops a server that it has', async () => {
  const spec = simulatedServer();
  await running(spec);
  host.agent.host.tools.disk.freeBytes = async () => 0;
  host.plane.want('server', { ...spec, power: 'off' });
  await until(() => expect(latest(spec.id)).toMatchObject({ state: 'present', power: 'off' }));
});

test('an accelerator that fails is reported, and the server can be removed all the same', async () => {
  host.faults.fail('qemu.start', new UnkaiError('accelerator_failed', 'QEMU ended at its start: no KVM.'));
  const spec = simulatedServer();
  expect(await failureOf(spec)).toMatchObject({
    code: 'accelerator_failed',
    message: 'QEMU ended at its start: no KVM.',
  });
  host.plane.unwant('server', spec.id);
  await until(() => expect(latest(spec.id)?.state).toBe('absent'));
  expect(await readdir(join(host.home, 'servers'))).toEqual([]);
});

test('A63: of an error that is not ours, nothing but that it happened leaves the host', async () => {
  host.agent.host.tools.disk.ensureOverlay = async () => {
    throw new Error('secret path /root/.ssh');
  };
  expect(await failureOf()).toMatchObject({ code: 'host_failed', message: 'The host could not do it.' });
});

test('reports wait while the control plane is away, and arrive when it is back', async () => {
  const { id } = await running();
  host.plane.broken.set('/agent/reports', 503);
  host.guest(id).shutDown();
  await until(() => expect(host.agent.waitingReports).toBeGreaterThan(0));
  expect(latest(id)).toMatchObject({ power: 'on' });
  host.plane.broken.clear();
  await until(() => expect(latest(id)).toMatchObject({ power: 'off' }));
});

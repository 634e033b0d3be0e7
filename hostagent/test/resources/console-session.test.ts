import type { DesiredConsoleSessionSpec } from '@unkai/contracts/host/desired';
import { consoleClose } from '@unkai/contracts/resources/console-session';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Arrival, Gateway } from '../gateway.ts';
import { SimulatedHost, simulatedServer } from '../simulated-host.ts';
import { networkSpec } from '../specs.ts';

let host: SimulatedHost;
let gateway: Gateway;
const server = simulatedServer();
const until = (look: () => void) => vi.waitFor(look, { timeout: 10_000, interval: 20 });

beforeEach(async () => {
  gateway = new Gateway();
  await gateway.listen();
  host = await SimulatedHost.start();
  host.plane.want('network', networkSpec(1));
  host.plane.want('server', server);
  await until(() => expect(host.plane.latest('server', server.id)).toMatchObject({ power: 'on' }));
});
afterEach(async () => {
  await host.stop();
  gateway.close();
});

function session(over: Partial<DesiredConsoleSessionSpec> = {}): DesiredConsoleSessionSpec {
  const id = '01890a5d-0000-774b-8cce-0000000000e1';
  return { id, serverId: server.id, kind: 'serial', isReadOnly: false, gatewayUrl: gateway.url('host/1'), ...over };
}

async function connected(spec: DesiredConsoleSessionSpec): Promise<Arrival> {
  host.plane.want('console-session', spec);
  await until(() => expect(host.plane.latest('console-session', spec.id)?.state).toBe('present'));
  return gateway.latest;
}

test('the host dials out with its own credential, once, and the console shows what was printed before', async () => {
  const { request } = await connected(session());
  expect(request.headers.authorization).toBe('Bearer ukh_secret');
  expect(request.url).toBe('/host/1');
  await until(() => expect(gateway.latest.seen).toContain('login: '));
  const reports = host.plane.reports.length;
  await until(() => expect(host.plane.reports.length).toBeGreaterThan(reports + 4));
  expect(gateway.arrivals).toHaveLength(1);
});

test('what is typed reaches the guest, and its answer every viewer', async () => {
  const one = await connected(session());
  const second = { id: '01890a5d-0000-774b-8cce-0000000000e2', gatewayUrl: gateway.url('host/2') };
  const two = await connected(session(second));
  one.socket.send(Buffer.from('uptime'));
  await until(() => expect(two.seen).toContain('uptime'));
  expect(one.seen).toContain('uptime');
});

test('who may only look types into nothing', async () => {
  const { socket } = await connected(session({ isReadOnly: true }));
  socket.send(Buffer.from('reboot'));
  host.guest(server.id).print('still here');
  await until(() => expect(gateway.latest.seen).toContain('still here'));
  expect(gateway.latest.seen).not.toContain('reboot');
});

test('a viewer that leaves ends the session for good', async () => {
  const { socket } = await connected(session());
  socket.close();
  await until(() => expect(host.plane.latest('console-session', session().id)?.state).toBe('absent'));
  expect(gateway.arrivals).toHaveLength(1);
});

test('A35: the session ends with the guest, and with the wish for it', async () => {
  const arrival = await connected(session());
  host.plane.unwant('server', server.id);
  await until(() => expect(arrival.closed?.code).toBe(consoleClose.hostEnded.code));
  host.plane.want('server', server);
  await until(() => expect(host.hasGuest(server.id)).toBe(true));
  const next = { id: '01890a5d-0000-774b-8cce-0000000000e3', gatewayUrl: gateway.url('host/3') };
  const other = await connected(session(next));
  host.plane.unwant('console-session', next.id);
  await until(() => expect(other.closed).toBeDefined());
});

test('a server that does not run, a screen that is not there and a gateway that is away fail with words', async () => {
  const failure = async (spec: DesiredConsoleSessionSpec) => {
    host.plane.want('console-session', spec);
    await until(() => expect(host.plane.latest('console-session', spec.id)?.state).toBe('failed'));
    host.plane.unwant('console-session', spec.id);
    const { failure } = host.plane.latest('console-session', spec.id) ?? {};
    return failure?.message;
  };
  expect(await failure(session({ kind: 'screen' }))).toContain('no screen');
  const away = { id: '01890a5d-0000-774b-8cce-0000000000e4', gatewayUrl: 'ws://127.0.0.1:1/host/4' };
  expect(await failure(session(away))).toContain('gateway did not take the connection');
  const nobody = { id: '01890a5d-0000-774b-8cce-0000000000e5', serverId: '01890a5d-0000-774b-8cce-0000000000ff' };
  expect(await failure(session(nobody))).toContain('does not run');
});

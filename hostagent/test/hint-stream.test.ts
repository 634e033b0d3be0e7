// Hints over HTTP, for a host that does not reach Redis.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SimulatedHost, simulatedServer } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let host: SimulatedHost;
const server = simulatedServer();
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
beforeEach(async () => {
  host = await SimulatedHost.start();
  await host.stopAgent();
  host.plane.streamsHints = true;
  // Syncs by the clock are out of the way: what happens here, hints or a stream that stands made happen.
  await host.startAgent({ UNKAI_RESYNC_SECONDS: '3600' });
  await until(() => expect(host.plane.listeners.size).toBe(1));
});
afterEach(() => host.stop());

const say = (text: string) => {
  for (const listener of host.plane.listeners) listener.write(text);
};
const hint = (noun: string, id: string) => `${JSON.stringify({ noun, id, requestId: 'request-1' })}\n`;
const latest = () => host.plane.latest('server', server.id);

test('are taken as they come, however the bytes are cut, and what is no hint is ignored', async () => {
  await until(() => expect(host.agent.health().hasHints).toBe(true));
  host.plane.want('network', networkSpec(1));
  host.plane.want('server', server);
  const text = `\n{"noun":"rumour","id":"x"}\n${hint('network', networkSpec(1).id)}${hint('server', server.id)}`;
  for (const piece of text.match(/[\s\S]{1,40}/g) ?? []) {
    say(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => expect(latest()).toMatchObject({ state: 'present', power: 'on' }));
});

test('are heard again after the stream broke, and what was missed is found', async () => {
  host.plane.want('network', networkSpec(1));
  host.plane.want('server', server);
  for (const listener of host.plane.listeners) listener.destroy();
  await until(() => expect(latest()).toMatchObject({ state: 'present', power: 'on' }));
  await until(() => expect(host.plane.listeners.size).toBe(1));
  host.plane.unwant('server', server.id);
  say(hint('server', server.id));
  await until(() => expect(latest()?.state).toBe('absent'));
});

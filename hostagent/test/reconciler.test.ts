import { UnkaiError } from '@unkai/contracts/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reconciler } from '../src/reconciler.ts';
import { ReportOutbox } from '../src/reports.ts';
import { SimulatedHost, testLog } from './simulated-host.ts';
import { networkSpec } from './specs.ts';

let host: SimulatedHost;
let outbox: ReportOutbox;
let reconciler: Reconciler;
const network = networkSpec(1);

beforeEach(async () => {
  host = await SimulatedHost.start();
  // What the agent itself looks at by the clock is in nobody's way.
  await host.stopAgent();
  await host.startAgent({ UNKAI_RESYNC_SECONDS: '3600' });
  await vi.waitFor(() => expect(host.agent.health().isHeard).toBe(true));
  outbox = new ReportOutbox(host.agent.host.controlPlane, testLog);
  reconciler = new Reconciler(host.agent.host, outbox);
});
afterEach(async () => {
  await reconciler.stop();
  await outbox.stop();
  await host.stop();
});

test('whoever asks while a round is ending has a round of its own, at whatever moment', async () => {
  host.plane.want('network', network);
  const reported = vi.spyOn(outbox, 'add');
  await reconciler.hint('network', network.id, 'known');
  for (let steps = 0; steps < 20; steps += 1) {
    reported.mockClear();
    const asked = Promise.withResolvers<void>();
    reported.mockImplementationOnce(() => {
      // The report is the last thing of a round that others see.
      void after(steps).then(() => asked.resolve(reconciler.touch('network', network.id, 'again')));
    });
    await reconciler.touch('network', network.id, 'first');
    await asked.promise;
    expect(reported, `asked ${steps} steps after the report`).toHaveBeenCalledTimes(2);
  }
});

async function after(steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await null;
}

test('what cannot be removed is tried again by one timer, however often it is asked for', async () => {
  host.plane.want('network', network);
  await reconciler.hint('network', network.id, 'made');
  host.plane.unwant('network', network.id);
  host.faults.fail('dnsmasq.purge', new UnkaiError('host_failed', 'dnsmasq.purge was made to fail.'));
  // It has a timer of its own.
  vi.spyOn(outbox, 'add').mockReturnValue();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const before = vi.getTimerCount();
    for (let time = 0; time < 10; time += 1) await reconciler.hint('network', network.id, `look ${time}`);
    expect(vi.getTimerCount() - before).toBe(1);
    host.faults.clear('dnsmasq.purge');
    await reconciler.hint('network', network.id, 'at last');
    expect(vi.getTimerCount() - before).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

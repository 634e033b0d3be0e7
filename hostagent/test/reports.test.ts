import type { HostReport, HostReports } from '@unkai/contracts/host/report';
import { expect, test, vi } from 'vitest';
import { ControlPlaneError } from '../src/control-plane.ts';
import { ReportOutbox } from '../src/reports.ts';
import { testLog } from './simulated-host.ts';

const id = (number: number) => `01890a5d-0000-774b-8cce-00000000000${number}`;
const report = (over: Partial<HostReport> = {}): HostReport => ({
  noun: 'server',
  id: id(1),
  generation: 1,
  state: 'present',
  ...over,
});
const until = (look: () => void) => vi.waitFor(look, { timeout: 10_000, interval: 10 });

/** A control plane's ear that answers as the test says. */
function ear(answer: (body: HostReports, call: number) => void = () => undefined) {
  const heard: HostReports[] = [];
  let calls = 0;
  const listener = {
    report: async (body: HostReports) => {
      await new Promise(setImmediate);
      calls += 1;
      answer(body, calls);
      heard.push(body);
    },
  };
  return { heard, outbox: new ReportOutbox(listener, testLog), reports: () => heard.flatMap(({ reports }) => reports) };
}

test('reports of one thing arrive in order, one batch at a time', async () => {
  const { outbox, reports } = ear();
  outbox.add(report({ power: 'on' }), 'one');
  await new Promise((resolve) => setTimeout(resolve, 1));
  outbox.add(report({ power: 'off' }), 'two');
  await until(() => expect(reports().at(-1)).toMatchObject({ power: 'off' }));
  expect(outbox.size).toBe(0);
});

test('progress gives way to the end of the work', async () => {
  const { outbox, reports } = ear();
  outbox.add(report({ state: 'working', progress: '1 of 17 MB' }), 'one');
  outbox.add(report({ power: 'on' }), 'one');
  await until(() => expect(reports()).toHaveLength(1));
  expect(reports()[0]).toMatchObject({ state: 'present', power: 'on' });
});

test('acts done and the first metadata request are never lost to a newer report', async () => {
  const { outbox, reports } = ear((_body, call) => {
    if (call === 1) throw new ControlPlaneError('away', 503);
  });
  const firstMetadataAt = '2026-11-21T09:00:00.000Z';
  outbox.add(report({ actionsDone: [{ id: id(7), failure: null }], firstMetadataAt }), 'one');
  await new Promise((resolve) => setTimeout(resolve, 20));
  outbox.add(report({ power: 'off', actionsDone: [{ id: id(8), failure: null }] }), 'two');
  await until(() => expect(reports()).toHaveLength(1));
  expect(reports()[0]).toMatchObject({ power: 'off', firstMetadataAt, actionsDone: [{ id: id(7) }, { id: id(8) }] });
});

test('a report that is refused holds back no other', async () => {
  const { outbox, reports } = ear((body) => {
    if (body.reports.some((each) => each.id === id(2))) throw new ControlPlaneError('does not fit', 400);
  });
  for (const number of [1, 2, 3]) outbox.add(report({ id: id(number) }), 'one');
  await until(() => expect(outbox.size).toBe(0));
  await until(() => expect(reports().map((each) => each.id)).toEqual([id(1), id(3)]));
});

test('a batch names its request when all of it belongs to one', async () => {
  const { outbox, heard } = ear();
  outbox.add(report(), 'request-1');
  await until(() => expect(heard).toHaveLength(1));
  outbox.add(report({ id: id(2) }), 'request-2');
  outbox.add(report({ id: id(3) }), 'request-3');
  await until(() => expect(heard).toHaveLength(2));
  expect(heard.map(({ requestId }) => requestId)).toEqual(['request-1', undefined]);
});

import { expect, test } from 'vitest';
import { checkPath } from '../src/path-check/check.ts';
import { id, portOn, world } from './path-world.ts';

const server = { id: id('server-blue-6'), name: 'blue-6', state: 'running', isHostUp: false } as const;

test.each([
  ['does not answer', { server }],
  ['could not set the network up', { failure: 'no bridge' }],
])('where the host %s one can only wait, and is led to no page', (_, more) => {
  const snapshot = world({ ports: [portOn('blue', 5), portOn('blue', 6, more)] });
  const { steps } = checkPath(snapshot, {
    from: id('blue-5'),
    to: id('blue-6'),
    traffic: { protocol: 'tcp', port: 22 },
  });
  expect(steps.find(({ verdict }) => verdict === 'stops')).toMatchObject({ mend: { kind: 'wait' }, concerned: null });
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cookie } from '../../src/flows/layout.ts';
import { ensure, programNetwork, purge } from '../../src/resources/network.ts';
import { networkSpec } from '../specs.ts';
import { simulatedHost } from './simulated-host.ts';

const network = networkSpec(1);

test('a network goes while a port of it, such as a router’s, goes and writes its flows anew: none is left', async () => {
  const { host, putNetwork, contents } = await simulatedHost();
  await putNetwork(network);
  const before = contents();
  await ensure(host, network);
  const { ovs } = host.tools;
  const replaceFlows = ovs.replaceFlows.bind(ovs);
  const others: Promise<void>[] = [];
  // Somebody else comes at the worst moment: the flows have just been taken out.
  ovs.replaceFlows = async (changes) => {
    await replaceFlows(changes);
    if (changes[cookie.network(network.tunnelKey)]?.length !== 0 || others.length > 0) return;
    others.push(programNetwork(host, network));
    for (let turns = 0; turns < 10; turns++) await turn();
  };
  await purge(host, network.id);
  await Promise.all(others);
  expect(others).toHaveLength(1);
  expect(contents()).toEqual(before);
});

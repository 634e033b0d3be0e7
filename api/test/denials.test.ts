import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restRoutes, takesKey } from '../src/doors/rest-routes.ts';
import { denialTable } from './denial-table.ts';
import { type Expected, type Row, verdictOf } from './denial-verdicts.ts';
import { type DenialWorld, openDenialWorld } from './denial-world.ts';
import { type Persona, personaNames } from './personas.ts';
import { openLedger, type Refusal } from './refusal-ledger.ts';

let world: DenialWorld;
const ledger = openLedger(() => world);
beforeAll(async () => {
  world = await openDenialWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test('every operation is in the table, and nothing else', () => {
  expect(Object.keys(denialTable).toSorted()).toEqual(restRoutes.map(({ name }) => name).toSorted());
});

test.each(restRoutes.map(({ name }) => name))(
  '%s is answered to each persona as the table says, by both doors',
  async (name) => {
    const row = denialTable[name];
    expect(await verdictsOf(name, world.askRest, row), '/v1').toEqual(row?.expected);
    expect(await verdictsOf(name, world.askTrpc, row), '/trpc').toEqual(row?.expected);
  },
  60_000,
);

const outputs = new Map(restRoutes.map(({ name, output }) => [name, output]));

/** Who is to be refused asks at once with the others, since nothing may come of it; what is done is put back before. */
async function verdictsOf(name: string, ask: DenialWorld['askRest'], row: Row | undefined): Promise<Partial<Expected>> {
  const verdicts: Partial<Expected> = {};
  const put = async (persona: Persona) => {
    const token = world.tokens.get(persona) ?? null;
    const traced = ledger.traced();
    const told = await ask(name, { input: row?.input(world.things) ?? {}, token, ...traced });
    ledger.note({ name, door: ask === world.askRest ? '/v1' : '/trpc', persona }, traced, told);
    verdicts[persona] = verdictOf(told);
    // Lists are not parsed whole when they are answered; here they are.
    const isShown = ask === world.askRest && told.status < 300 && told.body !== null;
    if (isShown) expect(outputs.get(name)?.parse(told.body), `${name}, to ${persona}`).toEqual(told.body);
  };
  const isDone = (persona: Persona) => row?.expected[persona] === 'let through';
  await world.putBack(name);
  // Each operation has its share of lines.
  await world.cloud.core.queues.redis.flushdb();
  await Promise.all(personaNames.filter((persona) => !isDone(persona)).map(put));
  for (const persona of personaNames.filter(isDone)) {
    await world.putBack(name);
    await put(persona);
  }
  await world.putBack(name);
  return verdicts;
}

describe('what a caller may not know of answers like what never was', () => {
  // Everyone who is signed in may know of these.
  const known = /^(role|region|service|endpoint|registeredLimit|priceList)\./;
  const named = restRoutes.filter(
    ({ name, path }) => path.includes('{id}') && path !== '/sessions/{id}' && !known.test(name),
  );
  test.each(named.map(({ name }) => name))('%s', async (name) => {
    const token = world.tokens.get('member of another project') ?? null;
    const input = denialTable[name]?.input(world.things) ?? {};
    const never = randomUUID();
    const foreign = await world.askRest(name, { input, token });
    const missing = await world.askRest(name, {
      input: { ...input, id: never, ...('securityGroupId' in input && { securityGroupId: never }) },
      token,
    });
    const shown = 'securityGroupId' in input ? String(input['securityGroupId']) : String(input['id']);
    expect(withoutIds(foreign.text, shown)).toBe(withoutIds(missing.text, never));
    expect(foreign.status).toBe(404);
  });
});

const requestId = /"requestId":"[^"]*"/;
function withoutIds(text: string, id: string): string {
  return text.replace(requestId, '').replaceAll(id, '{id}');
}

describe('a create with a key writes what it makes and its answer in one transaction', () => {
  // What they name is not in a state, is there already, or is not the operator's own; they are asked for elsewhere.
  const lent = ['applicationCredential.create', 'trust.create', 'totp.confirm'];
  const refused = ['consoleSession.create', 'subnet.create', ...lent];
  const creates = restRoutes.filter(takesKey).map(({ name }) => name);
  test.each(creates.filter((name) => !refused.includes(name)))('H16: %s', async (name) => {
    await world.putBack(name);
    const key = { 'idempotency-key': randomUUID() };
    const token = world.tokens.get('system admin') ?? null;
    const input = denialTable[name]?.input(world.things) ?? {};
    const first = await world.askRest(name, { input, token, headers: key });
    expect(first).toMatchObject({ status: 201 });
    // Two transactions under one key would have found the key taken.
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await world.askRest(name, { input, token, headers: key });
    const showsSecret = again.status === 409 && again.text.includes('shown only once');
    if (!showsSecret) expect(again).toMatchObject({ status: 201, body: first.body });
    expect(
      await world.cloud.core.database.prisma.idempotencyKey.count({ where: { key: key['idempotency-key'] } }),
    ).toBe(1);
  });
});

/** They name what never was, on something that whoever may get that far may change, or leave: there is nothing to refuse. */
const ofNothing = ['member.leaveProject', 'member.leaveDomain'];
const ofNothingOnceThere = [
  'securityGroup.deleteRule',
  'router.removeInterface',
  'orphan.clean',
  'flavor.forbid',
  'volumeType.forbid',
];

function isOfNothing({ name, persona, status }: Refusal): boolean {
  if (status !== 404) return false;
  if (ofNothing.includes(name)) return true;
  const gotThere = ['member', 'manager', 'project admin', 'system admin', 'restricted credential'];
  return ofNothingOnceThere.includes(name) && gotThere.includes(persona) && isPermitted(name, persona);
}

function isPermitted(name: string, persona: Persona): boolean {
  return !/^(orphan|flavor|volumeType)/.test(name) || persona === 'system admin';
}

test('every refusal of who is known is a line of the audit log: who, with what, from where, which request, what', async () => {
  expect(ledger.size()).toBeGreaterThan(3_000);
  expect(await ledger.faults(isOfNothing)).toEqual([]);
}, 60_000);

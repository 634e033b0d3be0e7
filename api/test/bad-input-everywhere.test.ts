// Every operation there is, sent what does not fit: the answer names each field, the rule that it broke and what mends it,
// and says nothing of what was sent.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inputSchema } from '../src/doors/openapi-schema.ts';
import { type RestRoute, restRoutes } from '../src/doors/rest-routes.ts';
import { noInput } from '../src/trpc.ts';
import { type Cloud, makePerson, openCloud, problemBody } from './cloud.ts';

let cloud: Cloud;
let token: string;
beforeAll(async () => {
  cloud = await openCloud();
  token = (await makePerson(cloud, { system: 'admin' })).token;
});
afterAll(() => cloud[Symbol.asyncDispose]());

const never = '01890a5d-ac96-774b-bcce-b302099a8057';
const sent = 'what-was-sent';

type Field = Readonly<Record<string, unknown>>;

/** Of another type than any that the field may have. */
function ofAnotherType(field: Field): unknown {
  return JSON.stringify(field).includes('"array"') ? 7 : [[sent]];
}

/** Of the field's type, as far as it says one, and beyond what anybody could mean. */
function beyond(field: Field): unknown {
  switch (field['type']) {
    case 'string':
      return `\u0000${sent.repeat(2_000)}`;
    case 'integer':
    case 'number':
      return -(10 ** 15) - 0.5;
    case 'array':
      return Array.from({ length: 2_000 }, () => ({ [sent]: sent }));
    case 'object':
      return Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${sent}\n${index}`, [sent]]));
    default:
      return { [sent]: sent };
  }
}

const withBodies = restRoutes.filter(({ method }) => method === 'POST' || method === 'PATCH');
const pathOf = ({ path }: RestRoute) => `/v1${path.replaceAll(/\{(\w+)\}/g, never)}`;

/** Sends the body, and gives what is said of its fields. */
async function refusedFields(route: RestRoute, body: Record<string, unknown>) {
  const told = await cloud.ask(route.method, pathOf(route), { token, body });
  expect(told.status, told.text).toBe(400);
  const { code, errors } = problemBody.parse(told.body);
  expect(code).toBe('invalid_input');
  for (const { field, message, fix } of errors) {
    const about = `${field}: ${message} ${fix}`;
    expect(field, about).not.toBe('');
    expect(message, about).not.toBe('');
    expect(fix, about).toMatch(/^[A-Z][^\n]*\.$/);
    expect(fix, about).not.toBe(message);
    expect(fix, about).not.toContain(sent);
    expect(fix, about).not.toMatch(/undefined|\[object|NaN/);
  }
  return errors;
}

test('there are operations to ask', () => {
  expect(withBodies.length).toBeGreaterThan(80);
});

test.each(withBodies.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s: each field that does not fit has its rule and its fix',
  async (_, route) => {
    const { properties } = inputSchema(route.input);
    const fields = Object.entries(properties).filter(([name]) => !route.path.includes(`{${name}}`));
    for (const wrong of [ofAnotherType, beyond]) {
      const body = Object.fromEntries(fields.map(([name, field]) => [name, wrong(field)]));
      const errors = await refusedFields(route, { ...body, colour: sent });
      const named = new Set(errors.map(({ field }) => field.split('.')[0]));
      expect(named).toContain('colour');
      expect(errors.find(({ field }) => field === 'colour')?.fix).toBe('Remove it.');
      if (wrong === ofAnotherType) expect([...named]).toEqual(expect.arrayContaining(fields.map(([name]) => name)));
    }
  },
);

const lists = restRoutes.filter(({ method }) => method === 'GET');

test('every query: a parameter that is none, and one that does not fit', async () => {
  expect(lists.length).toBeGreaterThan(60);
  for (const route of lists) {
    const { properties } = inputSchema(route.input);
    const query = 'limit' in properties ? '&limit=many' : '';
    const told = await cloud.ask('GET', `${pathOf(route)}?colour=${sent}${query}`, { token });
    expect(told.status, `${route.path}: ${told.text}`).toBe(400);
    const { errors } = problemBody.parse(told.body);
    const fixes = new Map(errors.map(({ field, fix }) => [field, fix]));
    expect(fixes.get('colour'), route.path).toBe('Remove it.');
    if (query !== '') expect(fixes.get('limit'), route.path).toBe('Send a number.');
  }
});

test('/trpc says the same', async () => {
  const body = { projectId: never, name: '', colour: sent };
  const told = await cloud.ask('POST', '/trpc/network.create', { token, body });
  const problem = told.text.slice(told.text.indexOf('"problem"'));
  expect(problem).toContain('"field":"name","message":"must not be empty","fix":"Use at least 1 character."');
  expect(problem).toContain('"field":"colour","message":"is not a field of this request","fix":"Remove it."');
});

const takingNothing = restRoutes
  .filter(({ input }) => input === noInput)
  .map(({ name, type }) => [name, type] as const);

test.each(takingNothing)('/trpc sends nothing to %s, which takes nothing', async (name, type) => {
  const body = { colour: sent };
  const told =
    type === 'query'
      ? await cloud.ask('GET', `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(body))}`, { token })
      : await cloud.ask('POST', `/trpc/${name}`, { token, body });
  expect(told.status, told.text).toBe(400);
  expect(told.text).toContain('"field":"colour","message":"is not a field of this request","fix":"Remove it."');
});

test('/trpc answers who sends nothing there, or nothing in braces', async () => {
  expect(takingNothing.length).toBeGreaterThan(5);
  for (const query of ['', '?input=%7B%7D']) {
    expect((await cloud.ask('GET', `/trpc/cloud.show${query}`, { token })).status).toBe(200);
  }
});

import { type Event, event } from '@unkai/contracts/events';
import { commit, openDatabase } from '@unkai/core/database/database';
import { catchUpLimit, type EventFeed, openEventFeed } from '@unkai/core/event-feed';
import { type Change, emit } from '@unkai/core/events';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { eventsDoor, streamsPerUser } from '../src/doors/events.ts';
import { callOfBearer, type Installation, listen, makeProject, makeUser, openInstallation } from './installation.ts';

let installation: Installation;
let feed: EventFeed;
let served: Awaited<ReturnType<typeof listen>>;
let project: { id: string };
let reader: Awaited<ReturnType<typeof makeUser>>;
const open: AbortController[] = [];

beforeEach(async () => {
  installation = await openInstallation();
  const { core } = installation;
  feed = openEventFeed(core.database, core.log);
  served = await listen(eventsDoor(core, { feed, callOf: callOfBearer(core), recheckMs: 30 }));
  project = await makeProject(core);
  reader = await makeUser(core, 'reader', project.id);
});
afterEach(async () => {
  for (const controller of open.splice(0)) controller.abort();
  await served[Symbol.asyncDispose]();
  await feed.close();
  await installation[Symbol.asyncDispose]();
});

const path = (projectId: string) => `/v1/projects/${projectId}/events`;

/** Listens as a browser does; `events` grows as they come. */
async function subscribe(at: string, token: string, lastId?: string, url = served.url) {
  const controller = new AbortController();
  open.push(controller);
  const headers = { authorization: `Bearer ${token}`, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  const answer = await fetch(`${url}${at}`, { headers, signal: controller.signal });
  const events: Event[] = [];
  let isClosed = false;
  const read = async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        if (data !== undefined) events.push(event.parse(JSON.parse(data)));
      }
    }
  };
  if (answer.ok) {
    void read()
      .catch(() => {})
      .finally(() => {
        isClosed = true;
      });
  } else await answer.body?.cancel();
  return { answer, events, isClosed: () => isClosed };
}

function tell(change: Partial<Change>, database = installation.core.database) {
  const whole: Change = {
    projectId: project.id,
    noun: 'server',
    resourceId: crypto.randomUUID(),
    kind: 'changed',
    ...change,
  };
  return commit(database, async ({ tx }) => {
    await emit(tx, whole);
    return whole;
  });
}

test('a reader hears of changes in its project as they are committed, and of no other project', async () => {
  const other = await makeProject(installation.core);
  const { answer, events } = await subscribe(path(project.id), reader.token);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  await tell({ projectId: other.id });
  await tell({ projectId: null, noun: 'host' });
  const change = await tell({ kind: 'created' });
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]).toMatchObject({ ...change });
});

test('what is rolled back is never told', async () => {
  const { events } = await subscribe(path(project.id), reader.token);
  await commit(installation.core.database, async ({ tx }) => {
    await emit(tx, { projectId: project.id, noun: 'server', resourceId: crypto.randomUUID(), kind: 'deleted' });
    throw new Error('undone');
  }).catch(() => {});
  const change = await tell({});
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]?.resourceId).toBe(change.resourceId);
});

test('a reader that comes back gets what it missed', async () => {
  const first = await subscribe(path(project.id), reader.token);
  await tell({});
  await expect.poll(() => first.events.length).toBe(1);
  const lastId = first.events[0]?.id ?? '';
  open.splice(0).map((controller) => controller.abort());
  const missed = [await tell({ kind: 'created' }), await tell({ kind: 'deleted' })];
  const second = await subscribe(path(project.id), reader.token, lastId);
  // What is told live while the look back runs may come twice.
  const heard = () => [...new Set(second.events.map(({ resourceId }) => resourceId))];
  await expect.poll(() => heard().length).toBe(2);
  expect(heard()).toEqual(missed.map(({ resourceId }) => resourceId));
});

/** Another process of the API: connections, a feed and a door of its own, on the same database. */
async function openProcess() {
  const database = openDatabase(installation.services.databaseUrl, 2);
  const core = { ...installation.core, database };
  const itsFeed = openEventFeed(database, core.log);
  const door = await listen(eventsDoor(core, { feed: itsFeed, callOf: callOfBearer(core), recheckMs: 30 }));
  let isOpen = true;
  const die = async () => {
    if (!isOpen) return;
    isOpen = false;
    await door[Symbol.asyncDispose]();
    await itsFeed.close();
    await database.close();
  };
  onTestFinished(die);
  return { url: door.url, tell: (change: Partial<Change>) => tell(change, database), die };
}

test('a change made through one process is heard by the readers of all, each once and in order', async () => {
  const [one, other] = [await openProcess(), await openProcess()];
  const readers = await Promise.all(
    [one, other].map(({ url }) => subscribe(path(project.id), reader.token, undefined, url)),
  );
  const made: string[] = [];
  for (let index = 0; index < 20; index += 1) made.push((await [one, other][index % 2]?.tell({}))?.resourceId ?? '');
  for (const { events } of readers) {
    await expect.poll(() => events.length).toBe(made.length);
    expect(events.map(({ resourceId }) => resourceId)).toEqual(made);
  }
});

test('a reader whose process dies comes back to another, which tells all that it missed, and then what comes', async () => {
  const [one, other] = [await openProcess(), await openProcess()];
  const before = await subscribe(path(project.id), reader.token, undefined, one.url);
  const witness = await subscribe(path(project.id), reader.token, undefined, other.url);
  const first = await other.tell({});
  await expect.poll(() => before.events.length).toBe(1);
  await one.die();
  await expect.poll(before.isClosed).toBe(true);
  const missed = [await other.tell({}), await other.tell({})];
  // Told there already: only the look back can bring it.
  await expect.poll(() => witness.events.length).toBe(1 + missed.length);
  const lastId = before.events[0]?.id ?? '';
  const after = await subscribe(path(project.id), reader.token, lastId, other.url);
  await expect.poll(() => after.events.length).toBe(missed.length);
  const live = [await other.tell({}), await other.tell({})];
  await expect.poll(() => after.events.length).toBe(missed.length + live.length);
  const heard = [...before.events, ...after.events].map(({ resourceId }) => resourceId);
  expect(heard).toEqual([first, ...missed, ...live].map(({ resourceId }) => resourceId));
});

test('a feed that loses its connection tells what happened meanwhile', async () => {
  const { core } = installation;
  const { events } = await subscribe(path(project.id), reader.token);
  await tell({});
  await expect.poll(() => events.length).toBe(1);
  await core.database.prisma.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
  const change = await tell({ kind: 'deleted' });
  await expect.poll(() => events.length, { timeout: 5000 }).toBe(2);
  expect(events[1]).toMatchObject({ ...change });
});

test('what cannot be read at once is told when it can be read again', async () => {
  const { prisma } = installation.core.database;
  const { events } = await subscribe(path(project.id), reader.token);
  await installation.services.asOwner('ALTER TABLE event RENAME TO event_elsewhere');
  const resourceId = crypto.randomUUID();
  await prisma.$executeRaw`
    INSERT INTO event_elsewhere (project_id, noun, resource_id, kind)
    VALUES (${project.id}::uuid, 'server', ${resourceId}::uuid, 'changed')`;
  await expect.poll(() => installation.logged.some((line) => line.includes('events could not be read'))).toBe(true);
  await installation.services.asOwner('ALTER TABLE event_elsewhere RENAME TO event');
  await expect.poll(() => events.map((each) => each.resourceId)).toEqual([resourceId]);
});

test('more than one look back can bring is told, all of it, after the feed was away', async () => {
  const { prisma } = installation.core.database;
  const heard = new Set<string>();
  await feed.listening();
  feed.subscribe(project.id, ({ resourceId }) => heard.add(resourceId));
  await tell({});
  await expect.poll(() => heard.size).toBe(1);
  // In one statement, so that nothing of it is told while the feed is still there.
  await prisma.$executeRaw`
    WITH gone AS MATERIALIZED (
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN%'
    )
    INSERT INTO event (project_id, noun, resource_id, kind)
    SELECT ${project.id}::uuid, 'server', gen_random_uuid(), 'changed'
    FROM generate_series(1, ${3 * catchUpLimit}), (SELECT count(*) FROM gone) AS ended`;
  await expect.poll(() => heard.size).toBe(1 + 3 * catchUpLimit);
});

test('an event of a noun that only a newer version knows keeps no other back', async () => {
  const { events } = await subscribe(path(project.id), reader.token);
  const [unknown, known] = [crypto.randomUUID(), crypto.randomUUID()];
  await installation.core.database.prisma.$executeRaw`
    INSERT INTO event (project_id, noun, resource_id, kind)
    VALUES (${project.id}::uuid, 'starship', ${unknown}::uuid, 'changed'),
      (${project.id}::uuid, 'server', ${known}::uuid, 'changed')`;
  await expect.poll(() => events.map(({ resourceId }) => resourceId)).toEqual([known]);
});

test('A08: a stream closes within seconds of the end of the session', async () => {
  const { isClosed } = await subscribe(path(project.id), reader.token);
  await installation.core.database.prisma.session.delete({ where: { id: reader.session.id } });
  await expect.poll(isClosed).toBe(true);
});

test('A08: a stream closes within seconds of the loss of the role', async () => {
  const { isClosed } = await subscribe(path(project.id), reader.token);
  await installation.core.database.prisma.roleAssignment.deleteMany({ where: { userId: reader.user.id } });
  await expect.poll(isClosed).toBe(true);
});

test('A60: strangers and nobody get no stream, and an id that never was answers like a foreign one', async () => {
  const stranger = await makeUser(installation.core, 'admin', (await makeProject(installation.core)).id);
  const statusOf = async (at: string, token: string) => (await subscribe(at, token)).answer.status;
  expect(await statusOf(path(project.id), '')).toBe(401);
  expect(await statusOf(path(project.id), stranger.token)).toBe(404);
  expect(await statusOf(path(crypto.randomUUID()), stranger.token)).toBe(404);
  expect(await statusOf(path('not-an-id'), stranger.token)).toBe(404);
  expect(await statusOf('/v1/events', stranger.token)).toBe(403);
});

test('an operator hears of everything, hosts too', async () => {
  const operator = await makeUser(installation.core, 'reader', null);
  const { events } = await subscribe('/v1/events', operator.token);
  await tell({ projectId: null, noun: 'host' });
  await tell({});
  await expect.poll(() => events.map(({ noun }) => noun)).toEqual(['host', 'server']);
});

test('one user can have so many streams and no more, and gets a place back when one ends', async () => {
  for (let index = 0; index < streamsPerUser; index += 1) await subscribe(path(project.id), reader.token);
  expect((await subscribe(path(project.id), reader.token)).answer.status).toBe(429);
  open.shift()?.abort();
  await expect.poll(async () => (await subscribe(path(project.id), reader.token)).answer.status).toBe(200);
});

import { hostQueueName, queuePrefix } from '@unkai/contracts/host/job';
import { readServerLog, storeServerLog } from '@unkai/core/server-log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  callAs,
  type Installation,
  makeHost,
  makeProject,
  makeServer,
  makeUser,
  openInstallation,
} from './installation.ts';

let installation: Installation;
let host: Awaited<ReturnType<typeof makeHost>>;
let server: Awaited<ReturnType<typeof makeServer>>;
let reader: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  installation = await openInstallation();
  const { core, services } = installation;
  host = await makeHost(core, services, 'alpha');
  const project = await makeProject(core);
  server = await makeServer(core, { projectId: project.id, hostId: host.hostId });
  reader = await makeUser(core, 'reader', project.id);
});
afterEach(() => installation[Symbol.asyncDispose]());

const identity = () => ({ id: host.hostId, name: 'alpha', isUp: true, credential: host.credential });

const read = async (token = reader.token) => readServerLog(await callAs(installation.core, token), server.id);

const send = (text: string) => storeServerLog(installation.core, identity(), server.id, { text, truncated: false });

test('the host is asked, and what it sends is shown', async () => {
  await send('old');
  const { redis } = installation.core.queues;
  const waiting = `${queuePrefix}:${hostQueueName(host.hostId)}:wait`;
  const asked = read();
  await expect.poll(() => redis.llen(waiting)).toBe(1);
  const [jobId] = await redis.lrange(waiting, 0, -1);
  const job = await redis.hget(`${queuePrefix}:${hostQueueName(host.hostId)}:${jobId}`, 'data');
  expect(JSON.parse(job ?? '')).toMatchObject({ noun: 'server-log', id: server.id });
  await send('login: ');
  expect(await asked).toMatchObject({ text: 'login: ', truncated: false });
});

test('when the host does not answer, the last known log is shown with its time', async () => {
  await send('old');
  const { capturedAt } = await installation.core.database.prisma.serverLog.findFirstOrThrow();
  expect(await read()).toEqual({ text: 'old', truncated: false, capturedAt: capturedAt.toISOString() });
  await installation.core.database.prisma.serverLog.deleteMany();
  await installation.core.database.prisma.host.updateMany({ data: { isUp: false } });
  expect(await read()).toEqual({ text: '', truncated: false, capturedAt: null });
});

test('A41: what a guest prints is handed on as text, as it is; strangers see nothing of it', async () => {
  await installation.core.database.prisma.host.updateMany({ data: { isUp: false } });
  const hostile = '\u001b]8;;javascript:alert(1)\u0007click\u001b]8;;\u0007 <script>alert(1)</script>';
  await send(hostile);
  expect((await read()).text).toBe(hostile);
  const stranger = await makeUser(installation.core, 'admin', (await makeProject(installation.core)).id);
  await expect(read(stranger.token)).rejects.toMatchObject({ code: 'not_found' });
});

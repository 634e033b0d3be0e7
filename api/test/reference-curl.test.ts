// The commands of the reference, taken from the page as a reader copies them, and run by a real shell and a real curl.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../src/doors/openapi.ts';
import { makePerson, makeToken, userPassword } from './cloud.ts';
import { ed25519Key } from './denial-table.ts';
import { type DenialWorld, makeOwnThings, openDenialWorld } from './denial-world.ts';
import { listen } from './installation.ts';
import { linkToken, prepare } from './reference-token.ts';

let world: DenialWorld;
let door: Awaited<ReturnType<typeof listen>>;
let folder: string;
let commands: Map<string, string>;

beforeAll(async () => {
  world = await openDenialWorld();
  door = await listen(world.cloud.app);
  folder = await mkdtemp(join(tmpdir(), 'unkai-curl-'));
  await mkdir(join(folder, '.ssh'));
  await writeFile(join(folder, '.ssh', 'id_ed25519.pub'), ed25519Key);
  await writeFile(join(folder, 'image.qcow2'), 'not an image');
  await writeFile(
    join(folder, '.curlrc'),
    'silent\nshow-error\noutput = answer\ndump-header = headers\nmax-time = 30\n',
  );
  const page = await (await fetch(`${door.url}/v1`)).text();
  const articles = [...page.matchAll(/<h3 id="([^"]+)">[\s\S]*?<pre>([\s\S]*?)<\/pre>/g)];
  commands = new Map(articles.map(([, id = '', command = '']) => [id, unescaped(command)]));
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true });
  await door[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const entities: Record<string, string> = { '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const unescaped = (html: string) => html.replaceAll(/&[a-z0-9#]+;/g, (entity) => entities[entity] ?? entity);

const operationIds = Object.values(openApiDocument().paths).flatMap((methods) =>
  Object.values(methods).map(({ operationId }) => operationId),
);
const streams = ['event.stream', 'event.streamAll'];
const anchorOf = (operationId: string) => operationId.toLowerCase().replaceAll('.', '-');

/** What is answered with something else than a success, since things are as they are here; everything else succeeds. */
const others: Record<string, number> = {
  'totp.renewRecoveryCodes': 401, // One-time codes are not on.
  'totp.remove': 401,
  'domain.delete': 409, // It is not disabled.
  'project.delete': 409, // It is not empty.
  'orphan.clean': 404, // Nothing is left behind by that key.
  'network.delete': 409, // A port uses it.
  'subnet.delete': 409,
  'registeredLimit.delete': 409, // A limit is said by it.
  'port.delete': 409, // A server has it.
  'router.removeInterface': 404, // A server has the port.
  'member.leaveDomain': 404, // One is no member of it.
  'securityGroup.delete': 409, // It is the default one.
  'server.start': 409, // It is being made.
  'server.stop': 409,
  'server.reboot': 409,
  'server.attachInterface': 409, // It is being made, as the next.
  'server.detachInterface': 409,
  'server.migrate': 409, // As the next.
  'server.evacuate': 409, // It is on no host, and the host answers.
  'host.evacuate': 409,
  'consoleSession.create': 409,
  'image.download': 409, // Its bytes are not there yet.
};

test('the page has a command for each operation', () => {
  expect([...commands.keys()].toSorted()).toEqual(operationIds.map(anchorOf).toSorted());
});

test.each(operationIds.filter((id) => !streams.includes(id)))('%s: its command works', async (operationId) => {
  const env = await variables(operationId);
  await world.putBack(operationId);
  const command = commands.get(anchorOf(operationId)) ?? '';
  await promisify(execFile)('sh', ['-eu', '-c', command], { cwd: folder, env });
  const status = Number(/^HTTP\/1\.1 (\d+)/m.exec(await readFile(join(folder, 'headers'), 'utf8'))?.[1]);
  const answer = await readFile(join(folder, 'answer'), 'utf8').catch(() => '');
  await rm(join(folder, 'answer'), { force: true });
  await world.putBack(operationId);
  const expected = others[operationId] ?? (status >= 200 && status < 300 ? status : 'a success');
  expect(status, `${command}\n${answer}`).toBe(expected);
});

test.each(streams)('%s: its command works', async (operationId) => {
  const env = await variables(operationId);
  await writeFile(join(folder, 'headers'), '');
  const child = spawn('sh', ['-eu', '-c', `exec ${commands.get(anchorOf(operationId))}`], { cwd: folder, env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => readFile(join(folder, 'headers'), 'utf8')).toMatch(/^HTTP\/1\.1 200 /);
  child.kill();
  await ended;
});

/** What a reader sets before: where the API is, a token of an operator, and the ids of things. */
async function variables(operationId: string): Promise<Record<string, string>> {
  const { cloud, tenant, things } = world;
  const { prisma } = cloud.core.database;
  const me = await makePerson(cloud, { system: 'admin', project: { id: tenant.id, role: 'admin' } });
  const own = await makeOwnThings(cloud, tenant, me);
  const image = await prisma.image.create({
    data: { projectId: tenant.id, name: 'own', state: 'queued', diskFormat: 'qcow2' },
  });
  const isServer = operationId.startsWith('server.');
  const isMember = operationId.startsWith('imageMember.');
  await prepare({ core: cloud.core, tenant }, operationId);
  const imageOf = () => (isServer ? things.publicImage : isMember ? things.image : image.id);
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    UNKAI_URL: door.url,
    UNKAI_TOKEN: await makeToken(cloud.core, me.id, {}),
    UNKAI_USER: me.name,
    UNKAI_PASSWORD: userPassword,
    newPassword: 'another long one',
    code: operationId === 'totp.confirm' ? await begunCode(me.token) : '000000',
    token: await linkToken(cloud, operationId, me),
    projectId: operationId === 'imageMember.create' ? world.other.id : tenant.id,
    domainId: things.domain,
    userId: things.user,
    trusteeId: things.user,
    groupId: things.userGroup,
    roleId: operationId === 'trust.create' ? builtInRoleIds.reader : things.role,
    identityLinkId: things.identityLink,
    impliedRoleId: things.impliedRole,
    roleAssignmentId: things.assignment,
    regionId: things.region,
    serviceId: things.service,
    endpointId: things.endpoint,
    registeredLimitId: things.registeredLimit,
    serviceLimitId: things.serviceLimit,
    resourceName: operationId === 'serviceLimit.create' ? 'attacked' : 'volumes',
    hostId: things.host,
    aggregateId: things.aggregate,
    joinTokenId: things.joinToken,
    serverGroupId: things.serverGroup,
    kind: 'port',
    key: things.host,
    operationId: things.operation,
    serverId: things.server,
    portId: things.port,
    networkId: operationId.startsWith('floatingIp.') ? things.outside : things.network,
    routerId: things.router,
    floatingIpId: things.floatingIp,
    portForwardingId: things.forwarding,
    subnetId: things.subnet,
    securityGroupId: things.group,
    qosPolicyId: things.qosPolicy,
    subnetPoolId: things.subnetPool,
    addressScopeId: things.addressScope,
    rbacPolicyId: things.rbacPolicy,
    objectId: things.network,
    targetProjectId: tenant.id,
    ruleId: operationId.startsWith('qosPolicy.') ? things.qosRule : (tenant.group.rules[0]?.id ?? ''),
    volumeTypeId: things.volumeType,
    flavorId: isServer ? things.publicFlavor : things.flavor,
    imageId: imageOf(),
    inviteId: things.invite,
    mailId: things.mail,
    priceListId: things.priceList,
    budgetId: things.budget,
    quotaRequestId: things.quotaRequest,
    sessionId: own.session,
    accessRuleId: own.accessRule,
    apiTokenId: own.apiToken,
    keyPairId: own.keyPair,
    notificationId: own.notification,
    webhookId: things.webhook,
    deliveryId: things.delivery,
    trustId: own.trust,
    credentialId: own.credential,
    applicationCredentialId: own.applicationCredential,
  };
}

async function begunCode(token: string): Promise<string> {
  const begun = await world.cloud.ask('POST', '/v1/users/me/totp', { token });
  return new TOTP({ secret: z.object({ secret: z.string() }).parse(begun.body).secret }).generate();
}

// The real `openstack` client against an installation, in the order in which a person would type it. Where OS_AUTH_URL
// names one, against that; else against one that is made for this.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standardPorts } from '@unkai/contracts/standard-ports';
import { run } from '@unkai/hostagent/tools/run';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, Installation } from './installation.ts';
import {
  type Command,
  identityCommands,
  identityNameless,
  identityRemoval,
  olderCommands,
  partCommands,
  partRemoval,
  serverCommands,
} from './openstack-client-commands.ts';
import { networkCommands, networkRemoval } from './openstack-network-commands.ts';
import {
  deathCommands,
  guestCommands,
  hostCommands,
  interfaceCommands,
  returnCommands,
} from './openstack-operator-commands.ts';
import { policyOf, sharingCommands } from './openstack-sharing-commands.ts';
import { OpenstackShell } from './openstack-shell.ts';
import { volumeCommands } from './openstack-volume-commands.ts';

const diskBytes = 1_048_576;
let folder = '';
let variables: Record<string, string> = {};
let own: Installation | undefined;
let shell: OpenstackShell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unkai-client-'));
  shell = new OpenstackShell(folder);
  await writeFile(join(folder, 'disk.raw'), Buffer.alloc(diskBytes));
  await writeFile(join(folder, 'main.sh'), '#!/bin/sh\necho hello\n');
  await writeFile(join(folder, 'public.json'), '{"interface":"public"}');
  await writeFile(join(folder, 'admin.json'), '{"interface":"admin"}');
  await run(['qemu-img', 'create', '-f', 'qcow2', join(folder, 'disk.qcow2'), '1M']);
  await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'own')]);
  variables = process.env['OS_AUTH_URL'] === undefined ? await startOwn() : named(process.env);
});
afterAll(async () => {
  await shell?.end();
  await rm(folder, { recursive: true });
  await own?.remove();
});

/** An installation, and what `./unkai env --openstack` says of it. */
async function startOwn(): Promise<Record<string, string>> {
  own = await Installation.start({ sim: true });
  const { stdout } = await own.unkai('env', '--openstack');
  const lines = [...stdout.matchAll(/^export (\w+)=(.*)$/gm)];
  return named(Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])));
}

/** The client is a program of the distribution, and runs by its Python. */
function named(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(given).flatMap(([name, value]) =>
    name.startsWith('OS_') && value !== undefined ? [[name, value] as const] : [],
  );
  return { PATH: '/usr/bin:/bin', HOME: folder, ...Object.fromEntries(entries) };
}

/** A whole line: a program and its words. */
async function answerTo(line: string, others: Record<string, string> = {}): Promise<string> {
  const [program = '', ...words] = line.replaceAll('{folder}', folder).split(' ');
  // What is said before the command's name, and who signs in, it keeps for the commands after: those have their own start.
  const isPlain = !words[0]?.startsWith('--') && Object.keys(others).length === 0;
  if (program === 'openstack' && isPlain) return shell.run(words, { ...variables, ...others });
  const { stdout } = await run([program, ...words], { env: { ...variables, ...others }, timeoutMs: 120_000 });
  return stdout.trim();
}

const openstack = (typed: string, others: Record<string, string> = {}) => answerTo(`openstack ${typed}`, others);

async function lineAnswers({ typed, says, until }: Command): Promise<void> {
  if (!until) expect(await answerTo(typed)).toMatch(says);
  else await eventually(`${typed} says ${says}`, async () => (says.test(await answerTo(typed)) ? true : undefined));
}

const answers = (command: Command) => lineAnswers({ ...command, typed: `openstack ${command.typed}` });

/** Answers each question for a password at a terminal, which is where the client reads one. */
const typist = `
import os, pty, sys

def read(terminal):
    said = os.read(terminal, 1024)
    if b'Password:' in said:
        os.write(terminal, b'a-long-one\\n')
    return said

sys.exit(pty.spawn(sys.argv[1:], read))
`;

describe('the openstack client', () => {
  test.each(hostCommands)('$typed', answers);

  test.each(partCommands)('$typed', answers);

  test('a fingerprint is what ssh-keygen says of the key', async () => {
    const { stdout: said } = await run(['ssh-keygen', '-l', '-f', join(folder, 'own.pub')]);
    expect(await openstack('keypair show cli-own')).toContain(/SHA256:\S+/.exec(said)?.[0]);
  });

  test.each(serverCommands)('$typed', answers);

  test.each(volumeCommands)('$typed', answers);

  test('a disk that there is none of is refused with its reason', async () => {
    const server = '--flavor cli.small --image cli-image --nic none';
    const config = openstack(`--os-compute-api-version 2.37 server create ${server} --config-drive true x`);
    await expect(config).rejects.toThrow('config_drive');
    await expect(openstack('flavor create --ram 64 --disk 0 --ephemeral 1 x')).rejects.toThrow('ephemeral');
    await expect(openstack('flavor create --ram 64 --disk 0 --swap 256 x')).rejects.toThrow('swap');
  });

  test.each(networkCommands)('$typed', answers);

  test.each(sharingCommands)('$typed', async (command) => {
    const policy = command.typed.includes('{policy}') ? await openstack(policyOf) : '';
    await answers({ ...command, typed: command.typed.replace('{policy}', policy) });
  });

  test('a project that an image is shared with accepts it, rejects it, and leaves it open again', async () => {
    const password = 'a-long-one';
    await openstack('project create picture-friend');
    await openstack(`user create --password ${password} picture-user`);
    await openstack('role add --project picture-friend --user picture-user member');
    const image = 'image create --disk-format raw --container-format bare --shared --file {folder}/disk.raw';
    const id = await openstack(`${image} -f value -c id picture`);
    await openstack(`image add project ${id} picture-friend`);
    const friend = { OS_USERNAME: 'picture-user', OS_PASSWORD: password, OS_PROJECT_NAME: 'picture-friend' };
    const states = [
      { answer: 'accept', state: 'accepted', listed: id },
      { answer: 'reject', state: 'rejected', listed: '' },
      { answer: 'pending', state: 'pending', listed: '' },
    ];
    for (const { answer, state, listed } of states) {
      expect(await openstack(`image set --${answer} ${id}`, friend)).toBe('');
      expect(await openstack(`image member list ${id} -f value -c Status`)).toBe(state);
      expect(await openstack('image list --shared -f value -c ID', friend)).toBe(listed);
    }
    // Whoever answers for another project as operator gives the image to it besides: this client sends both.
    const friendly = await openstack('project show picture-friend -f value -c id');
    expect(await openstack(`image set --project picture-friend --accept ${id}`)).toBe('');
    expect(await openstack(`image member list ${id} -f value -c Status`)).toBe('accepted');
    expect(await openstack(`image show ${id} -f value -c owner`)).toBe(friendly);
    await openstack(`image delete ${id}`);
    await openstack('user delete picture-user');
    await openstack('project delete picture-friend');
  });

  test.each(guestCommands)('$typed', answers);

  test.each(deathCommands)('$typed', answers);

  test('a server of a host that is off is evacuated, over whose answer this client stumbles by itself', async () => {
    const evacuate = openstack('--os-compute-api-version 2.29 server evacuate --host sim-2 net-server');
    await expect(evacuate).rejects.toThrow('TupleWithMeta');
  });

  test.each(returnCommands)('$typed', answers);

  test.each(interfaceCommands)('$typed', answers);

  test.each(networkRemoval)('$typed', answers);

  test.each(partRemoval)('$typed', answers);
});

describe('older clients', () => {
  test.each(olderCommands)('$typed', lineAnswers);
});

describe('the openstack client, identity', () => {
  test.each(identityCommands)('$typed', answers);

  test('a user with roles on two projects switches between them, and has no third', async () => {
    const user = { OS_USERNAME: 'ptuser', OS_PASSWORD: 'a-long-one' };
    const issue = (project: string) =>
      openstack('token issue -f value -c project_id', { ...user, OS_PROJECT_NAME: project });
    const [one, other] = [await issue('ptproject'), await issue('ptbelow')];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
    await expect(issue('admin')).rejects.toThrow('401');
    await expect(openstack('user list', { ...user, OS_PROJECT_NAME: 'ptproject' })).rejects.toThrow('403');
  });

  test('user create --password-prompt asks twice, and the user gets in with what was typed', async () => {
    const words = ['user', 'create', '--domain', 'default', '--password-prompt', 'ptasked'];
    const argv = ['python3', '-c', typist, 'openstack', ...words] as const;
    const { stdout } = await run(argv, { env: variables, timeoutMs: 120_000 });
    expect(stdout).toMatch(/User Password:[\s\S]*Repeat User Password:[\s\S]*\| name +\| ptasked/);
    expect(await openstack('role add --project ptproject --user ptasked member')).toBe('');
    const asked = { OS_USERNAME: 'ptasked', OS_PASSWORD: 'a-long-one', OS_PROJECT_NAME: 'ptproject' };
    expect(await openstack('token issue', asked)).toMatch(/\| id +\| ukt_/);
    expect(await openstack('user delete ptasked')).toBe('');
  });

  test('a project to which an endpoint is given has that one in its catalog, and all again without it', async () => {
    const user = { OS_USERNAME: 'ptuser', OS_PASSWORD: 'a-long-one', OS_PROJECT_NAME: 'ptproject' };
    const catalog = () => openstack('catalog list -f value -c Type', user);
    const [id = ''] = (await openstack('endpoint list --service object-store -f value -c ID')).split('\n');
    expect(await openstack(`endpoint add project ${id} ptproject`)).toBe('');
    expect(await openstack('endpoint list --project ptproject -f value -c ID')).toBe(id);
    expect(await openstack(`endpoint list --endpoint ${id} -f value -c Name`)).toBe('ptproject');
    expect(await catalog()).toBe('object-store');
    expect(await openstack(`endpoint remove project ${id} ptproject`)).toBe('');
    expect(await catalog()).toContain('compute');
  });

  test.each(identityNameless)('%s: each is shown and deleted', async (list, noun) => {
    const [id = ''] = (await openstack(list)).split('\n');
    expect(await openstack(`${noun} show ${id}`)).toContain(id);
    expect(await openstack(`${noun} delete ${id}`)).toBe('');
    expect(await openstack(list)).not.toContain(id);
  });

  test.each(identityRemoval)('$typed', answers);

  test.skipIf(process.env['OS_AUTH_URL'] !== undefined)(
    'finds each service on its standard port, once `up` was told so',
    async () => {
      await own?.up('--standard-ports');
      for (const { port, prefix } of standardPorts) {
        const answer = await fetch(`http://127.0.0.1:${port}/`);
        expect(answer.ok || answer.status === 300).toBe(true);
        expect(await answer.text()).toContain(`${prefix}/v`);
      }
      for (const port of [5000, 35_357])
        expect(await openstack(`--os-auth-url http://127.0.0.1:${port}/v3 token issue`)).toMatch(/\| id +\| ukt_/);
    },
  );
});

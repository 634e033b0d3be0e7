import { UnkaiError } from '@unkai/contracts/errors';
import { serverCan } from '@unkai/contracts/resources/server';
import { notFound } from '@unkai/core/access';
import { lookAtServer } from '@unkai/core/store/server-search';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { changeGroupOfServer } from './server-security-group.ts';
import { since } from './version.ts';

const nothing = z.union([z.null(), z.strictObject({})]);
const consoleOutput = z.strictObject({ length: z.coerce.number().int().min(-1).nullish() });
const rebootInput = z.strictObject({
  type: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['SOFT', 'HARD'])),
});
/** Disks are of the host, never shared, so that what is asked of them or forced changes nothing. */
const evacuateInput = z.strictObject({
  host: z.string().min(1).max(255).optional(),
  onSharedStorage: z.union([z.literal(false), z.literal('False'), z.literal('false')]).optional(),
  adminPass: z.string().max(255).optional(),
  force: z.union([z.literal(false), z.literal('False'), z.literal('false')]).optional(),
});
const vncConsole = z.strictObject({ type: z.enum(['novnc', 'xvpvnc']) });

type Action = (asked: Asked, id: string, input: unknown) => Promise<Answer>;

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown, name: string): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UnkaiError('invalid_input', `Invalid input for ${name}: ${issue?.message ?? 'it does not fit'}.`);
}

const groupName = z.strictObject({ name: z.string() });

function changeGroup(word: string, isAdding: boolean): Action {
  return async (asked, id, input) => {
    await changeGroupOfServer(asked, id, parsed(groupName, input, word).name, isAdding);
    return { status: 202 };
  };
}

const actions: Readonly<Record<string, Action>> = {
  async 'os-start'({ operations }, id, input) {
    parsed(nothing, input, 'os-start');
    await operations.server.start({ id });
    return { status: 202 };
  },
  async 'os-stop'({ operations }, id, input) {
    parsed(nothing, input, 'os-stop');
    await operations.server.stop({ id });
    return { status: 202 };
  },
  async reboot({ operations }, id, input) {
    const { type } = parsed(rebootInput, input, 'reboot');
    await operations.server.reboot({ id, kind: type === 'HARD' ? 'hard' : 'soft' });
    return { status: 202 };
  },
  async 'os-getConsoleOutput'({ operations }, id, input) {
    const { length } = parsed(consoleOutput, input, 'os-getConsoleOutput');
    const { text } = await operations.server.log({ id });
    return { status: 200, body: { output: lastLines(text, length ?? -1) } };
  },
  async evacuate({ operations, version }, id, input) {
    const { host } = parsed(evacuateInput, input, 'evacuate');
    await operations.server.evacuate({ id, ...(host !== undefined && { hostName: host }) });
    // No password is set: guests are reached by key pair.
    return version < since.evacuatePasswordGone ? { status: 200, body: { adminPass: '' } } : { status: 200 };
  },
  addSecurityGroup: changeGroup('addSecurityGroup', true),
  removeSecurityGroup: changeGroup('removeSecurityGroup', false),
  async 'os-getVNCConsole'(asked, id, input) {
    if (asked.version >= since.remoteConsoles) throw notFound('action', 'os-getVNCConsole');
    const { type } = parsed(vncConsole, input, 'os-getVNCConsole');
    return { status: 200, body: { console: { type, url: await consolePage(asked, id) } } };
  },
};

async function act(asked: Asked): Promise<Answer> {
  const body = await asked.body(z.record(z.string(), z.unknown()));
  const [name = '', another] = Object.keys(body);
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  const id = asked.id('server', 'server');
  if (action === undefined || another !== undefined) {
    // Who asks in vain is told first whether the server is there.
    await lookAtServer(asked.call, 'server:read', id);
    throw new UnkaiError('invalid_input', `There is no such action: ${name}`);
  }
  return action(asked, id, body[name]);
}

function lastLines(text: string, length: number): string {
  if (length < 0) return text;
  return length === 0
    ? ''
    : text
        .split('\n')
        .slice(-length - (text.endsWith('\n') ? 1 : 0))
        .join('\n');
}

/**
 * The page of the portal that has the console. No token is in it (A37): whoever opens it must be signed in, and may only
 * see the console by the same rule as here.
 */
async function consolePage(asked: Asked, id: string): Promise<string> {
  const server = await lookAtServer(asked.call, 'server:console', id);
  const reason = serverCan.console.reason(server);
  if (reason !== null) throw new UnkaiError('wrong_state', reason);
  return `${new URL(asked.endpoint).origin}/projects/${server.projectId}/servers/${id}/console`;
}

const remoteConsole = z.strictObject({
  remote_console: z.strictObject({ protocol: z.literal('vnc'), type: z.literal('novnc') }),
});

async function openRemoteConsole(asked: Asked): Promise<Answer> {
  if (asked.version < since.remoteConsoles) throw notFound('resource', 'remote-consoles');
  const id = asked.id('server', 'server');
  const { remote_console: wanted } = await asked.body(remoteConsole);
  return { status: 200, body: { remote_console: { ...wanted, url: await consolePage(asked, id) } } };
}

export const serverActionRoutes: readonly Route[] = [
  { method: 'POST', path: '/v2.1/servers/:server/action', answer: act },
  { method: 'POST', path: '/v2.1/servers/:server/remote-consoles', answer: openRemoteConsole },
];

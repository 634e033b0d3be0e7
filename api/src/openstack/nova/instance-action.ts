import type { Operation } from '@unkai/contracts/resources/operation';
import { allows, notFound } from '@unkai/core/access';
import { withLine } from '@unkai/core/audit/audit';
import type { Call } from '@unkai/core/call';
import { projectOf } from '../call.ts';
import { everything, nextLinks, pageAsk, pageOf } from '../paging.ts';
import { type Answer, type Asked, openstackRequestId, type Route } from '../service.ts';
import { serverOf } from './server.ts';
import { since } from './version.ts';

/** What Nova calls the workflows of a server. */
const names: Readonly<Record<string, string>> = {
  'server.create': 'create',
  'server.start': 'start',
  'server.stop': 'stop',
  'server.reboot': 'reboot',
  'server.delete': 'delete',
  'server.migrate': 'migrate',
  'server.evacuate': 'evacuate',
  'server.attach': 'attach_interface',
  'server.detach': 'detach_interface',
};

function moment(time: string): string {
  return time.replace(/Z$/, '').padEnd(26, '0').slice(0, 26);
}

function brief({ version }: Asked, action: Operation) {
  const { createdAt, startedAt, endedAt } = action;
  return {
    action: names[action.name] ?? action.name,
    instance_uuid: action.resourceId,
    request_id: openstackRequestId(action.requestId),
    user_id: action.userId ?? '',
    project_id: action.projectId ?? '',
    start_time: moment(createdAt),
    message: action.state === 'failed' ? 'Error' : null,
    ...(version >= since.actionPages && { updated_at: moment(endedAt ?? startedAt ?? createdAt) }),
  };
}

const results: Readonly<Record<string, string>> = { done: 'Success', failed: 'Error', undone: 'Error' };

/** The steps of a workflow are the events of an action. */
function detail(asked: Asked, action: Operation) {
  const { version, call } = asked;
  const showsTrace = allows(call.actor, 'host:read', null);
  const steps = action.steps.filter(({ startedAt }) => startedAt !== null);
  const events = steps.map(({ name, startedAt, endedAt, state, failure }) => ({
    event: name,
    start_time: moment(startedAt ?? action.createdAt),
    finish_time: endedAt === null ? null : moment(endedAt),
    result: results[state] ?? null,
    ...((showsTrace || version >= since.actionUpdated) && {
      traceback: showsTrace ? (failure?.message ?? null) : null,
    }),
    ...(version >= since.actionHost && { hostId: '' }),
  }));
  const shows = showsTrace || version >= since.actionUpdated;
  return { ...brief(asked, action), ...(shows && { events }) };
}

/** The operations on a server, newest first; those of one that is gone are kept, and shown from 2.21 on. */
async function actionsOf(asked: Asked): Promise<Operation[]> {
  const id = asked.id('server', 'server');
  const { operations, call, version } = asked;
  const isThere = await serverOf(asked).then(
    (server) => server,
    (error: unknown) => {
      if (version < since.actionsOfDeleted) throw error;
      return null;
    },
  );
  const projectId = isThere?.projectId ?? projectOfGone(call);
  const found = await everything((page) => operations.operation.list({ ...page, projectId, resourceId: id }));
  if (found.length === 0 && isThere === null) throw notFound('server', id);
  return found;
}

/** Of a server that is gone only its project knows. The lookup before has written whatever it refused. */
function projectOfGone(call: Call): string {
  try {
    return projectOf(call);
  } catch (error) {
    throw error instanceof Error ? withLine(error) : error;
  }
}

async function list(asked: Asked): Promise<Answer> {
  const all = await actionsOf(asked);
  const isPaged = asked.version >= since.actionPages;
  const idOf = ({ requestId }: Operation) => openstackRequestId(requestId);
  const { items, next } = isPaged ? pageOf(all, pageAsk(asked.query), idOf) : { items: all, next: null };
  const instanceActions = items.map((action) => brief(asked, action));
  return { status: 200, body: { instanceActions, ...nextLinks(asked, 'links', next) } };
}

async function show(asked: Asked): Promise<Answer> {
  const wanted = openstackRequestId(asked.param('request'));
  const action = (await actionsOf(asked)).find(({ requestId }) => openstackRequestId(requestId) === wanted);
  if (action === undefined) throw notFound('action', wanted);
  return { status: 200, body: { instanceAction: detail(asked, action) } };
}

export const instanceActionRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/servers/:server/os-instance-actions', answer: list },
  { method: 'GET', path: '/v2.1/servers/:server/os-instance-actions/:request', answer: show },
];

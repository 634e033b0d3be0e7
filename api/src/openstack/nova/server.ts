import { description } from '@unkai/contracts/primitives';
import { type FoundServer, lookAtServer, searchServers } from '@unkai/core/store/server-search';
import { z } from 'zod';
import { nextLinks } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { tooOld } from './flavor.ts';
import { createServers } from './server-create.ts';
import { accessFields, diskConfig, serverName } from './server-fields.ts';
import { filterOf, orderOf, placeOf, serverPage } from './server-query.ts';
import { briefServer, commonServer, detailedServer } from './server-view.ts';
import { since } from './version.ts';

function list(view: (asked: Asked, server: FoundServer) => unknown) {
  return async (asked: Asked): Promise<Answer> => {
    const { limit, marker } = serverPage(asked);
    const search = { projectId: placeOf(asked), filter: await filterOf(asked), order: orderOf(asked), marker };
    // One row more than asked tells whether another page follows.
    const found = await searchServers(asked.call, { ...search, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return {
      status: 200,
      body: { servers: shown.map((server) => view(asked, server)), ...nextLinks(asked, 'servers_links', next) },
    };
  };
}

/** The server that the path names, for reading. */
export function serverOf(asked: Asked): Promise<FoundServer> {
  return lookAtServer(asked.call, 'server:read', asked.id('server', 'server'));
}

async function show(asked: Asked): Promise<Answer> {
  const server = await serverOf(asked);
  return { status: 200, body: { server: { ...detailedServer(asked, server), ...groupsPart(asked, server) } } };
}

const groupsPart = ({ version }: Asked, { serverGroupId }: FoundServer) =>
  version >= since.serverGroups ? { server_groups: serverGroupId === null ? [] : [serverGroupId] } : {};

const serverChange = z.strictObject({
  server: z.strictObject({
    name: serverName.optional(),
    ...accessFields,
    ...diskConfig,
    description: description.nullish(),
  }),
});

async function update(asked: Asked): Promise<Answer> {
  const id = asked.id('server', 'server');
  const { server: change } = await asked.body(serverChange);
  if (change.description !== undefined && asked.version < since.description) throw tooOld('description');
  const { name, accessIPv4, accessIPv6 } = change;
  await asked.operations.server.update({
    id,
    ...(name !== undefined && { name }),
    ...(accessIPv4 !== undefined && { accessIpv4: accessIPv4 }),
    ...(accessIPv6 !== undefined && { accessIpv6: accessIPv6 }),
    ...(change.description !== undefined && { description: change.description ?? '' }),
  });
  const server = await serverOf(asked);
  return { status: 200, body: { server: { ...commonServer(asked, server), ...groupsPart(asked, server) } } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.server.delete({ id: asked.id('server', 'server') });
  return { status: 204 };
}

export const serverRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.1/servers', answer: list(briefServer) },
  { method: 'GET', path: '/v2.1/servers/detail', answer: list(detailedServer) },
  { method: 'POST', path: '/v2.1/servers', answer: createServers },
  { method: 'GET', path: '/v2.1/servers/:server', answer: show },
  { method: 'PUT', path: '/v2.1/servers/:server', answer: update },
  { method: 'DELETE', path: '/v2.1/servers/:server', answer: remove },
];

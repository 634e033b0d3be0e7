import { projectOf } from '../call.ts';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields } from './collection.ts';
import { portView } from './view.ts';

async function list(asked: Asked): Promise<Answer> {
  const projectId = projectOf(asked.call);
  const ports = await everything((page) => asked.operations.port.list({ ...page, projectId }));
  return listAnswer(asked, 'ports', ports.map(portView));
}

async function show(asked: Asked): Promise<Answer> {
  const port = await asked.operations.port.get({ id: asked.id('port', 'port') });
  return { status: 200, body: { port: onlyFields(portView(port), asked.query) } };
}

/** Ports are made with their server, and go with it. */
export const portRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/ports', answer: list },
  { method: 'GET', path: '/v2.0/ports/:port', answer: show },
];

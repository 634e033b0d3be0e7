import type { Core } from '@unkai/core/call';
import { Hono } from 'hono';
import { tokenCallerOf } from './call.ts';
import { nova } from './nova/service.ts';
import { serviceDoor } from './service.ts';

export interface OpenstackDoorOptions {
  readonly origin: string;
  readonly secret: string;
}

/** The doors for OpenStack's clients, each below a path of its own. */
export function openstackDoor(core: Core, { origin, secret }: OpenstackDoorOptions): Hono {
  const callOf = tokenCallerOf(core, { secret });
  const door = new Hono();
  for (const service of [nova]) door.route('/', serviceDoor(core, service, { origin, callOf }));
  return door;
}

import type { Core } from '@unkai/core/call';
import type { ImageStore } from '@unkai/core/image/image-store';
import { Hono } from 'hono';
import { tokenCallerOf } from './call.ts';
import { cinder } from './cinder/service.ts';
import { glance } from './glance/service.ts';
import { keystone } from './keystone/service.ts';
import { neutron } from './neutron/service.ts';
import { nova } from './nova/service.ts';
import { serviceDoor } from './service.ts';

export interface OpenstackDoorOptions {
  readonly origin: string;
  readonly secret: string;
  readonly images: ImageStore;
}

/** The doors for OpenStack's clients, each below a path of its own. */
export function openstackDoor(core: Core, { origin, secret, images }: OpenstackDoorOptions): Hono {
  const callOf = tokenCallerOf(core, { secret });
  const door = new Hono();
  for (const service of [keystone, nova, glance({ images, callOf }), neutron, cinder])
    door.route('/', serviceDoor(core, service, { origin, callOf }));
  return door;
}

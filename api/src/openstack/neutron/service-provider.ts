import type { Asked, Route } from '../service.ts';
import { listAnswer } from './collection.ts';

/** Routers come in one kind, which is therefore the default. */
const providers = [{ id: 'unkai', service_type: 'L3_ROUTER_NAT', name: 'unkai', default: true }];

export const serviceProviderRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v2.0/service-providers',
    answer: (asked: Asked) => listAnswer(asked, 'service_providers', providers),
  },
];

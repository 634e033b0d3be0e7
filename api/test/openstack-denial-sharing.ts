import { goneFor } from './denial-verdicts.ts';
import type { DoorRow, DoorThings } from './openstack-denial-table.ts';

const ofPolicy = '/qos/policies/:policy';

/** The rules of a QoS policy of one kind. There is one of the first kind, and none of the others. */
const rulesOf = (type: string, field: string, value: number): readonly DoorRow[] => {
  const at = `${ofPolicy}/${type}_rules`;
  const body = () => ({ [`${type}_rule`]: { [field]: value } });
  const isThere = type === 'bandwidth_limit';
  const gone = isThere ? {} : ({ permitted: 404 } as const);
  // Who may see the policy is told that it has none, before anything else.
  const seen = isThere ? {} : { instead: goneFor('reader', 'system reader') };
  return [
    { route: `GET ${at}`, as: 'qosPolicy.get' },
    { route: `POST ${at}`, as: 'qosPolicy.createRule', body },
    { route: `GET ${at}/:rule`, as: 'qosPolicy.get', ...gone },
    { route: `PUT ${at}/:rule`, as: 'qosPolicy.updateRule', body, ...gone, ...seen },
    { route: `DELETE ${at}/:rule`, as: 'qosPolicy.deleteRule', ...gone, ...seen },
  ];
};

/** The tags of a noun, whose collection is at the path. */
const tagsOf = (noun: string, path: string): readonly DoorRow[] => {
  const at = `/${path}/:id/tags`;
  return [
    { route: `GET ${at}`, as: `${noun}.get` },
    { route: `PUT ${at}`, as: `${noun}.update`, body: () => ({ tags: ['tag'] }) },
    { route: `GET ${at}/:tag`, as: `${noun}.get` },
    { route: `PUT ${at}/:tag`, as: `${noun}.update` },
    { route: `DELETE ${at}/:tag`, as: `${noun}.update` },
    { route: `DELETE ${at}`, as: `${noun}.update` },
  ];
};

const named = (noun: string, path: string, kind: string, body: object): readonly DoorRow[] => {
  const one = `/${path}/:${noun === 'subnetPool' ? 'pool' : 'scope'}`;
  return [
    { route: `GET /${path}`, as: `${noun}.list`, isOwn: true },
    { route: `POST /${path}`, as: `${noun}.create`, isOwn: true, body: () => ({ [kind]: { name: 'x', ...body } }) },
    { route: `GET ${one}`, as: `${noun}.get` },
    { route: `PUT ${one}`, as: `${noun}.update`, body: () => ({ [kind]: { name: 'x' } }) },
    { route: `DELETE ${one}`, as: `${noun}.delete` },
  ];
};

const target = ({ project }: DoorThings) => ({ target_tenant: project });

/** What can be shared, and sharing it. */
export const sharingRows: readonly DoorRow[] = [
  ...tagsOf('subnetPool', 'subnetpools'),
  ...tagsOf('qosPolicy', 'policies'),
  ...tagsOf('qosPolicy', 'qos/policies'),
  ...named('subnetPool', 'subnetpools', 'subnetpool', { prefixes: ['10.64.0.0/16'] }),
  ...named('addressScope', 'address-scopes', 'address_scope', { ip_version: 4 }),
  { route: 'GET /rbac-policies', as: 'rbacPolicy.list', isOwn: true },
  {
    route: 'POST /rbac-policies',
    as: 'rbacPolicy.create',
    // The network is looked at first: who may not know of it is told so.
    instead: { 'scoped-down token': 404 },
    body: (things) => ({
      rbac_policy: {
        object_type: 'network',
        object_id: things.network,
        action: 'access_as_shared',
        ...target(things),
      },
    }),
  },
  { route: 'GET /rbac-policies/:rbac', as: 'rbacPolicy.get' },
  { route: 'PUT /rbac-policies/:rbac', as: 'rbacPolicy.update', body: (things) => ({ rbac_policy: target(things) }) },
  { route: 'DELETE /rbac-policies/:rbac', as: 'rbacPolicy.delete' },
  { route: 'GET /qos/policies', as: 'qosPolicy.list', isOwn: true },
  { route: 'POST /qos/policies', as: 'qosPolicy.create', isOwn: true, body: () => ({ policy: { name: 'x' } }) },
  { route: `GET ${ofPolicy}`, as: 'qosPolicy.get' },
  { route: `PUT ${ofPolicy}`, as: 'qosPolicy.update', body: () => ({ policy: { description: 'x' } }) },
  ...rulesOf('bandwidth_limit', 'max_kbps', 2000),
  ...rulesOf('dscp_marking', 'dscp_mark', 46),
  ...rulesOf('minimum_bandwidth', 'min_kbps', 1000),
  { route: 'GET /qos/rule-types', as: 'signed-in' },
  { route: 'GET /qos/rule-types/:type', as: 'signed-in' },
  { route: `DELETE ${ofPolicy}`, as: 'qosPolicy.delete' },
];

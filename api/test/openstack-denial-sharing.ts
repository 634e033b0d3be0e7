import { goneFor } from './denial-verdicts.ts';
import type { DoorRow } from './openstack-denial-table.ts';

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

/** QoS policies. */
export const sharingRows: readonly DoorRow[] = [
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

import { changeWithToken, goneFor, inProject, inProjectAsPlace, type Row, unique } from './denial-verdicts.ts';

/** Routers, floating IPs and the interfaces of servers. */
export const routerTable: Record<string, Row> = {
  'server.attachInterface': {
    input: ({ server, port }) => ({ id: server, portId: port }),
    expected: changeWithToken('member'),
  },
  'server.detachInterface': {
    input: ({ server, port }) => ({ id: server, portId: port }),
    expected: changeWithToken('member'),
  },
  'router.create': {
    input: ({ project }) => ({ projectId: project, name: unique() }),
    expected: inProjectAsPlace('member'),
  },
  'router.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'router.get': { input: ({ router }) => ({ id: router }), expected: inProject('reader') },
  'router.update': { input: ({ router }) => ({ id: router, description: 'x' }), expected: inProject('member') },
  'router.delete': { input: ({ router }) => ({ id: router }), expected: inProject('member') },
  'router.addInterface': {
    input: ({ router, subnet }) => ({ id: router, subnetId: subnet }),
    expected: inProject('member'),
  },
  'router.removeInterface': {
    // An interface that is not there: who may change the router is told so, and the others never get that far.
    input: ({ router, server }) => ({ id: router, portId: server }),
    expected: {
      ...inProject('member'),
      ...goneFor('member', 'manager', 'project admin', 'system admin', 'restricted credential'),
    },
  },
  'floatingIp.create': {
    input: ({ project, outside }) => ({ projectId: project, networkId: outside }),
    expected: inProjectAsPlace('member'),
  },
  'floatingIp.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'floatingIp.get': { input: ({ floatingIp }) => ({ id: floatingIp }), expected: inProject('reader') },
  'floatingIp.update': {
    input: ({ floatingIp }) => ({ id: floatingIp, description: 'x' }),
    expected: inProject('member'),
  },
  'floatingIp.delete': { input: ({ floatingIp }) => ({ id: floatingIp }), expected: inProject('member') },
  'floatingIp.createForwarding': {
    input: ({ floatingIp, port }) => ({
      floatingIpId: floatingIp,
      portId: port,
      fixedAddress: '10.0.0.9',
      protocol: 'tcp',
      externalPortMin: 2222,
      internalPortMin: 22,
    }),
    expected: inProject('member'),
  },
  'floatingIp.updateForwarding': {
    input: ({ floatingIp, forwarding }) => ({ floatingIpId: floatingIp, id: forwarding, description: 'x' }),
    expected: inProject('member'),
  },
  'floatingIp.deleteForwarding': {
    input: ({ floatingIp, forwarding }) => ({ floatingIpId: floatingIp, id: forwarding }),
    expected: inProject('member'),
  },
};

import { inProject, inProjectAsPlace, type Row, unique } from './denial-verdicts.ts';

/** What can be shared, and sharing it. */
export const sharingTable: Record<string, Row> = {
  'subnetPool.create': {
    input: ({ project }) => ({ projectId: project, name: unique(), prefixes: ['10.64.0.0/16'] }),
    expected: inProjectAsPlace('member'),
  },
  'subnetPool.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'subnetPool.get': { input: ({ subnetPool }) => ({ id: subnetPool }), expected: inProject('reader') },
  'subnetPool.update': { input: ({ subnetPool }) => ({ id: subnetPool, name: 'x' }), expected: inProject('member') },
  'subnetPool.delete': { input: ({ subnetPool }) => ({ id: subnetPool }), expected: inProject('member') },
  'addressScope.create': {
    input: ({ project }) => ({ projectId: project, name: unique(), family: 4 }),
    expected: inProjectAsPlace('member'),
  },
  'addressScope.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'addressScope.get': { input: ({ addressScope }) => ({ id: addressScope }), expected: inProject('reader') },
  'addressScope.update': {
    input: ({ addressScope }) => ({ id: addressScope, name: 'x' }),
    expected: inProject('member'),
  },
  'addressScope.delete': { input: ({ addressScope }) => ({ id: addressScope }), expected: inProject('member') },
  'rbacPolicy.create': {
    input: ({ project, network }) => ({
      projectId: project,
      objectType: 'network',
      objectId: network,
      targetProjectId: project,
    }),
    expected: inProjectAsPlace('member'),
  },
  'rbacPolicy.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'rbacPolicy.get': { input: ({ rbacPolicy }) => ({ id: rbacPolicy }), expected: inProject('reader') },
  'rbacPolicy.update': {
    input: ({ rbacPolicy, project }) => ({ id: rbacPolicy, targetProjectId: project }),
    expected: inProject('member'),
  },
  'rbacPolicy.delete': { input: ({ rbacPolicy }) => ({ id: rbacPolicy }), expected: inProject('member') },
  'qosPolicy.create': {
    input: ({ project }) => ({ projectId: project, name: unique() }),
    expected: inProjectAsPlace('member'),
  },
  'qosPolicy.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'qosPolicy.get': { input: ({ qosPolicy }) => ({ id: qosPolicy }), expected: inProject('reader') },
  'qosPolicy.update': {
    input: ({ qosPolicy }) => ({ id: qosPolicy, description: 'x' }),
    expected: inProject('member'),
  },
  'qosPolicy.delete': { input: ({ qosPolicy }) => ({ id: qosPolicy }), expected: inProject('member') },
  'qosPolicy.createRule': {
    input: ({ qosPolicy }) => ({ qosPolicyId: qosPolicy, kind: 'dscp-marking', dscpMark: 46 }),
    expected: inProject('member'),
  },
  'qosPolicy.updateRule': {
    input: ({ qosPolicy, qosRule }) => ({ qosPolicyId: qosPolicy, id: qosRule, kilobitsPerSecond: 2000 }),
    expected: inProject('member'),
  },
  'qosPolicy.deleteRule': {
    input: ({ qosPolicy, qosRule }) => ({ qosPolicyId: qosPolicy, id: qosRule }),
    expected: inProject('member'),
  },
};

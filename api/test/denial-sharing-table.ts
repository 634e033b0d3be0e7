import { inProject, inProjectAsPlace, type Row, unique } from './denial-verdicts.ts';

/** QoS policies. */
export const sharingTable: Record<string, Row> = {
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

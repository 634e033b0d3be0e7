import { goneFor, ofEveryone, ofSystem, type Row, unique } from './denial-verdicts.ts';

/** Of what operators make for projects to choose from: flavors and volume types. Those under attack are not public. */
export const kindTable: Record<string, Row> = {
  'flavor.create': {
    input: () => ({ name: unique(), vcpus: 1, memoryMib: 64, diskGib: 1 }),
    expected: ofSystem('admin', 403),
  },
  'flavor.list': { input: () => ({}), expected: ofEveryone() },
  'flavor.get': { input: ({ flavor }) => ({ id: flavor }), expected: ofSystem('reader', 404) },
  'flavor.delete': { input: ({ flavor }) => ({ id: flavor }), expected: ofSystem('admin', 404) },
  'flavor.update': { input: ({ flavor }) => ({ id: flavor, description: 'x' }), expected: ofSystem('admin', 404) },
  'flavor.access': { input: ({ flavor }) => ({ id: flavor }), expected: ofSystem('admin', 404) },
  'flavor.allow': {
    // A project that is not there: bad input, for those who get that far.
    input: ({ flavor, server }) => ({ id: flavor, projectId: server }),
    expected: ofSystem('admin', 404),
  },
  'flavor.forbid': {
    input: ({ flavor, server }) => ({ id: flavor, projectId: server }),
    expected: { ...ofSystem('admin', 404), ...goneFor('system admin') },
  },
  'volumeType.create': { input: () => ({ name: unique() }), expected: ofSystem('admin', 403) },
  'volumeType.list': { input: () => ({}), expected: ofEveryone() },
  'volumeType.get': { input: ({ volumeType }) => ({ id: volumeType }), expected: ofSystem('reader', 404) },
  'volumeType.delete': { input: ({ volumeType }) => ({ id: volumeType }), expected: ofSystem('admin', 404) },
  'volumeType.update': {
    input: ({ volumeType }) => ({ id: volumeType, description: 'x' }),
    expected: ofSystem('admin', 404),
  },
  'volumeType.access': { input: ({ volumeType }) => ({ id: volumeType }), expected: ofSystem('admin', 404) },
  'volumeType.allow': {
    // A project that is not there: bad input, for those who get that far.
    input: ({ volumeType, server }) => ({ id: volumeType, projectId: server }),
    expected: ofSystem('admin', 404),
  },
  'volumeType.forbid': {
    input: ({ volumeType, server }) => ({ id: volumeType, projectId: server }),
    expected: { ...ofSystem('admin', 404), ...goneFor('system admin') },
  },
};

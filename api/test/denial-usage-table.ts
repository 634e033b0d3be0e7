import {
  given,
  inDomain,
  inProject,
  ofEveryone,
  ofManagers,
  ofOperators,
  ofSystem,
  type Row,
  unseen,
} from './denial-verdicts.ts';

const inDomainToo = given('let through', 'domain reader', 'domain manager', 'domain admin');

/** Who is told what things cost, and who says it. */
export const usageTable: Record<string, Row> = {
  'usage.ofProject': {
    input: ({ project }) => ({ projectId: project }),
    expected: { ...inProject('reader'), ...inDomainToo },
  },
  'usage.ofDomain': { input: ({ domain }) => ({ domainId: domain }), expected: inDomain('reader', 403) },
  'usage.ofCloud': { input: () => ({}), expected: ofSystem('reader', 403) },
  'budget.create': {
    input: ({ project }) => ({ projectId: project, amount: '100' }),
    expected: ofManagers(),
  },
  'budget.ofProject': {
    input: ({ project }) => ({ projectId: project }),
    expected: { ...inProject('reader'), ...inDomainToo },
  },
  'budget.ofDomain': { input: ({ domain }) => ({ domainId: domain }), expected: inDomain('reader', 404) },
  'budget.get': {
    input: ({ budget }) => ({ id: budget }),
    expected: { ...inProject('reader'), ...inDomainToo },
  },
  'budget.update': { input: ({ budget }) => ({ id: budget, amount: '200' }), expected: ofManagers() },
  'budget.delete': { input: ({ budget }) => ({ id: budget }), expected: ofManagers() },
  'priceList.create': {
    input: () => ({ name: 'attacked', currency: 'EUR', prices: [{ kind: 'image', price: '0.1' }] }),
    expected: ofSystem('admin', 403),
  },
  'priceList.list': { input: () => ({}), expected: ofEveryone() },
  'priceList.get': { input: ({ priceList }) => ({ id: priceList }), expected: ofEveryone(unseen) },
  'priceList.current': { input: () => ({}), expected: ofEveryone() },
  'priceList.delete': { input: ({ priceList }) => ({ id: priceList }), expected: ofOperators() },
};

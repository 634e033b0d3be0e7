import { randomUUID } from 'node:crypto';
import { credentialRows } from './denial-credentials.ts';
import { identityTable } from './denial-identity-table.ts';
import { kindTable } from './denial-kind-table.ts';
import { routerTable } from './denial-router-table.ts';
import { sharingTable } from './denial-sharing-table.ts';
import { usageTable } from './denial-usage-table.ts';
import {
  all,
  changeWithToken,
  confinedIsRefused,
  goneFor,
  inDomain,
  inProject,
  inProjectAsPlace,
  insideButNot,
  lenderIsNeeded,
  ofAnother,
  ofEveryone,
  ofSystem,
  type Row,
  readWithToken,
  strangersToo,
  unique,
} from './denial-verdicts.ts';

/** Seen in the project, and answered by operators alone. */
const onlyOperators = {
  ...inProject('member'),
  ...insideButNot('member', 'manager', 'project admin', 'restricted credential'),
};

const onlyOperatorsWithToken = {
  ...changeWithToken('member'),
  ...insideButNot('member', 'manager', 'project admin', 'restricted credential'),
};

/** Every operation of the router. The test fails when one is missing here, or one here is gone. */
export const denialTable: Record<string, Row> = {
  'session.create': {
    input: () => ({ username: unique(), password: 'wrong password' }),
    // It needs no credential, and so none is looked at: everyone is told that name or password is wrong.
    expected: all(401),
  },
  // Strangers are whom these are for; nobody's account is touched without the secret of a letter.
  'signUp.policy': { input: () => ({}), expected: strangersToo('let through') },
  'signUp.updatePolicy': { input: () => ({ mode: 'off' }), expected: ofSystem('admin', 403) },
  'signUp.create': { input: () => ({ email: `${unique()}@example.org` }), expected: strangersToo(403) },
  'signUp.verify': {
    input: () => ({ token: unique(), password: 'long enough' }),
    expected: strangersToo('let through'),
  },
  'passwordReset.create': {
    input: () => ({ email: `${unique()}@example.org` }),
    expected: strangersToo('let through'),
  },
  'passwordReset.complete': {
    input: () => ({ token: unique(), newPassword: 'long enough' }),
    expected: strangersToo('let through'),
  },
  'session.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'session.delete': { input: ({ session }) => ({ id: session }), expected: ofAnother },
  'session.deleteOthers': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'session.current': { input: () => ({}), expected: ofEveryone({ 'scoped-down token': 'let through' }) },
  'apiToken.create': {
    input: () => ({ name: unique() }),
    expected: ofEveryone({ ...lenderIsNeeded, 'scoped token elsewhere': 403 }),
  },
  'apiToken.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'apiToken.delete': { input: ({ apiToken }) => ({ id: apiToken }), expected: ofAnother },
  // What may not be read is not found: no credential is refused, since some noun or other may be among it.
  'search.list': { input: () => ({ text: unique() }), expected: ofEveryone({ 'scoped-down token': 'let through' }) },
  ...credentialRows,
  ...identityTable,
  ...usageTable,
  ...kindTable,
  'availabilityZone.list': { input: () => ({}), expected: ofEveryone() },
  'image.create': {
    input: ({ project }) => ({ projectId: project, name: unique(), diskFormat: 'raw' }),
    expected: inProjectAsPlace('member'),
  },
  'image.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'image.get': { input: ({ image }) => ({ id: image }), expected: inProject('reader') },
  'image.update': { input: ({ image }) => ({ id: image, description: 'x' }), expected: inProject('member') },
  'image.delete': { input: ({ image }) => ({ id: image }), expected: inProject('member') },
  'imageMember.list': { input: ({ image }) => ({ id: image }), expected: inProject('reader') },
  'imageMember.create': {
    input: ({ image }) => ({ id: image, projectId: randomUUID() }),
    expected: inProject('member'),
  },
  'imageMember.update': {
    input: ({ image, project }) => ({ id: image, projectId: project, state: 'accepted' }),
    expected: inProject('member'),
  },
  'imageMember.delete': {
    input: ({ image, project }) => ({ id: image, projectId: project }),
    expected: inProject('member'),
  },
  'keyPair.create': {
    input: () => ({ name: unique(), publicKey: ed25519Key }),
    expected: ofEveryone(confinedIsRefused),
  },
  'keyPair.generate': { input: () => ({ name: unique() }), expected: ofEveryone(confinedIsRefused) },
  'keyPair.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'keyPair.get': { input: ({ keyPair }) => ({ id: keyPair }), expected: ofAnother },
  'keyPair.delete': { input: ({ keyPair }) => ({ id: keyPair }), expected: ofAnother },
  'network.create': {
    input: ({ project }) => ({ projectId: project, name: unique() }),
    expected: inProjectAsPlace('member'),
  },
  'network.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'network.get': { input: ({ network }) => ({ id: network }), expected: inProject('reader') },
  'network.update': { input: ({ network }) => ({ id: network, description: 'x' }), expected: inProject('member') },
  'network.delete': { input: ({ network }) => ({ id: network }), expected: inProject('member') },
  'subnet.create': {
    input: ({ network }) => ({ networkId: network, name: unique(), cidr: '10.0.0.0/24' }),
    expected: inProject('member'),
  },
  'subnet.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'subnet.get': { input: ({ subnet }) => ({ id: subnet }), expected: inProject('reader') },
  'subnet.delete': { input: ({ subnet }) => ({ id: subnet }), expected: inProject('member') },
  'subnet.update': { input: ({ subnet }) => ({ id: subnet, name: 'x' }), expected: inProject('member') },
  'port.create': { input: ({ network }) => ({ networkId: network, name: unique() }), expected: inProject('member') },
  'port.update': { input: ({ port }) => ({ id: port, description: 'x' }), expected: inProject('member') },
  'port.delete': { input: ({ port }) => ({ id: port }), expected: inProject('member') },
  'port.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'port.get': { input: ({ port }) => ({ id: port }), expected: inProject('reader') },
  ...routerTable,
  ...sharingTable,
  'securityGroup.create': {
    input: ({ project }) => ({ projectId: project, name: unique() }),
    expected: inProjectAsPlace('member'),
  },
  'securityGroup.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'securityGroup.get': { input: ({ group }) => ({ id: group }), expected: inProject('reader') },
  'securityGroup.update': { input: ({ group }) => ({ id: group, description: 'x' }), expected: inProject('member') },
  'securityGroup.delete': { input: ({ group }) => ({ id: group }), expected: inProject('member') },
  'securityGroup.createRule': {
    input: ({ group }) => ({ securityGroupId: group, direction: 'ingress', protocol: 'icmp' }),
    expected: inProject('member'),
  },
  'securityGroup.deleteRule': {
    // A rule that is not there: who may change the group is told so, and the others never get that far.
    input: ({ group, server }) => ({ securityGroupId: group, id: server }),
    expected: {
      ...inProject('member'),
      ...goneFor('member', 'manager', 'project admin', 'system admin', 'restricted credential'),
    },
  },
  'webhook.create': {
    input: ({ project }) => ({
      projectId: project,
      name: unique(),
      url: 'https://hook.example.com/',
      events: ['server.changed'],
    }),
    expected: inProjectAsPlace('manager'),
  },
  'webhook.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'webhook.get': { input: ({ webhook }) => ({ id: webhook }), expected: inProject('reader') },
  'webhook.update': { input: ({ webhook }) => ({ id: webhook, name: 'x' }), expected: inProject('manager') },
  'webhook.delete': { input: ({ webhook }) => ({ id: webhook }), expected: inProject('manager') },
  'webhook.renewSecret': { input: ({ webhook }) => ({ id: webhook }), expected: inProject('manager') },
  'webhook.test': { input: ({ webhook }) => ({ id: webhook }), expected: inProject('manager') },
  'webhook.deliveries': { input: ({ webhook }) => ({ webhookId: webhook }), expected: inProject('reader') },
  'webhook.resend': {
    input: ({ webhook, delivery }) => ({ webhookId: webhook, id: delivery }),
    expected: inProject('manager'),
  },
  'server.create': {
    input: ({ project, publicFlavor, publicImage }) => ({
      projectId: project,
      name: unique(),
      flavorId: publicFlavor,
      imageId: publicImage,
    }),
    // `server:read` is in the token's scope: it may know of the servers, and not make one.
    expected: inProjectAsPlace('member'),
  },
  'server.list': { input: ({ project }) => ({ projectId: project }), expected: readWithToken() },
  'server.get': { input: ({ server }) => ({ id: server }), expected: readWithToken() },
  'server.update': { input: ({ server }) => ({ id: server, description: 'x' }), expected: changeWithToken('member') },
  'server.delete': { input: ({ server }) => ({ id: server }), expected: changeWithToken('member') },
  'server.start': { input: ({ server }) => ({ id: server }), expected: changeWithToken('member') },
  'server.stop': { input: ({ server }) => ({ id: server }), expected: changeWithToken('member') },
  'server.reboot': { input: ({ server }) => ({ id: server }), expected: changeWithToken('member') },
  'server.migrate': { input: ({ server }) => ({ id: server }), expected: onlyOperatorsWithToken },
  'server.evacuate': { input: ({ server }) => ({ id: server }), expected: onlyOperatorsWithToken },
  'server.log': { input: ({ server }) => ({ id: server }), expected: changeWithToken('reader') },
  'consoleSession.create': {
    input: ({ server }) => ({ serverId: server, kind: 'screen' }),
    expected: changeWithToken('reader'),
  },
  'serverGroup.create': {
    input: ({ project }) => ({ projectId: project, name: unique(), policy: 'affinity' }),
    expected: inProjectAsPlace('member'),
  },
  'serverGroup.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'serverGroup.get': { input: ({ serverGroup }) => ({ id: serverGroup }), expected: inProject('reader') },
  'serverGroup.delete': { input: ({ serverGroup }) => ({ id: serverGroup }), expected: inProject('member') },
  'operation.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'operation.get': { input: ({ operation }) => ({ id: operation }), expected: inProject('reader') },
  'operation.retry': { input: ({ operation }) => ({ id: operation }), expected: inProject('member') },
  'operation.listAll': { input: () => ({}), expected: ofSystem('reader', 403) },
  'cloud.show': { input: () => ({}), expected: ofSystem('reader', 403) },
  'pathCheck.explain': {
    input: ({ project, port }) => ({ projectId: project, from: port, to: 'internet' }),
    expected: inProjectAsPlace('reader'),
  },
  'placement.explain': { input: ({ flavor }) => ({ flavorId: flavor }), expected: ofSystem('reader', 403) },
  'orphan.list': { input: () => ({}), expected: ofSystem('reader', 403) },
  'orphan.clean': {
    // Nothing is left behind by that key: those who may clean are told so.
    input: ({ host }) => ({ kind: 'port', key: host }),
    expected: { ...ofSystem('admin', 403), ...goneFor('system admin') },
  },
  'audit.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'audit.listInDomain': { input: ({ domain }) => ({ domainId: domain }), expected: inDomain('manager', 403) },
  'audit.listOwn': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'audit.listEverywhere': { input: () => ({}), expected: ofSystem('reader', 403) },
  'limits.get': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'limits.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'limits.listOwn': { input: () => ({}), expected: ofEveryone({ 'scoped-down token': 'let through' }) },
  'limits.update': {
    input: ({ project }) => ({ projectId: project, limits: { images: 1_000_000 } }),
    expected: {
      ...inProjectAsPlace('member'),
      ...insideButNot('member', 'manager', 'project admin', 'restricted credential'),
    },
  },
  'quotaDefault.get': {
    input: ({ domain }) => ({ domainId: domain }),
    expected: inDomain('reader', 403),
  },
  'quotaDefault.update': {
    input: ({ domain }) => ({ domainId: domain, limits: { images: 1_000_000 } }),
    expected: ofSystem('admin', 403),
  },
  'quotaRequest.create': {
    input: ({ project }) => ({ projectId: project, limits: { keyPairs: 200 }, reason: 'more' }),
    expected: inProjectAsPlace('member'),
  },
  'quotaRequest.list': { input: ({ project }) => ({ projectId: project }), expected: inProjectAsPlace('reader') },
  'quotaRequest.queue': { input: () => ({}), expected: ofSystem('reader', 403) },
  'quotaRequest.get': { input: ({ quotaRequest }) => ({ id: quotaRequest }), expected: inProject('reader') },
  'quotaRequest.withdraw': { input: ({ quotaRequest }) => ({ id: quotaRequest }), expected: inProject('member') },
  'quotaRequest.approve': { input: ({ quotaRequest }) => ({ id: quotaRequest }), expected: onlyOperators },
  'quotaRequest.deny': {
    input: ({ quotaRequest }) => ({ id: quotaRequest, answer: 'no' }),
    expected: onlyOperators,
  },
  'mail.list': { input: () => ({}), expected: ofSystem('reader', 403) },
  'mail.get': { input: ({ mail }) => ({ id: mail }), expected: ofSystem('reader', 404) },
  'mail.reveal': { input: ({ mail }) => ({ id: mail }), expected: ofSystem('admin', 404) },
  'mail.send': { input: ({ mail }) => ({ id: mail }), expected: ofSystem('admin', 404) },
  'mail.delete': { input: ({ mail }) => ({ id: mail }), expected: ofSystem('admin', 404) },
  'host.list': { input: () => ({}), expected: ofSystem('reader', 403) },
  'host.get': { input: ({ host }) => ({ id: host }), expected: ofSystem('reader', 404) },
  'host.update': { input: ({ host }) => ({ id: host, isEnabled: true }), expected: ofSystem('admin', 404) },
  'host.delete': { input: ({ host }) => ({ id: host }), expected: ofSystem('admin', 404) },
  'host.servers': { input: ({ host }) => ({ id: host }), expected: ofSystem('reader', 404) },
  'host.drain': { input: ({ host }) => ({ id: host }), expected: ofSystem('admin', 404) },
  'host.evacuate': { input: ({ host }) => ({ id: host }), expected: ofSystem('admin', 404) },
  'aggregate.create': { input: () => ({ name: unique() }), expected: ofSystem('admin', 403) },
  'aggregate.list': { input: () => ({}), expected: ofSystem('reader', 403) },
  'aggregate.get': { input: ({ aggregate }) => ({ id: aggregate }), expected: ofSystem('reader', 404) },
  'aggregate.update': { input: ({ aggregate }) => ({ id: aggregate, metadata: {} }), expected: ofSystem('admin', 404) },
  'aggregate.delete': { input: ({ aggregate }) => ({ id: aggregate }), expected: ofSystem('admin', 404) },
  'aggregate.addHost': {
    input: ({ aggregate, host }) => ({ id: aggregate, hostId: host }),
    expected: ofSystem('admin', 404),
  },
  'aggregate.removeHost': {
    input: ({ aggregate, host }) => ({ id: aggregate, hostId: host }),
    expected: ofSystem('admin', 404),
  },
  'joinToken.create': { input: () => ({}), expected: ofSystem('admin', 403) },
  'joinToken.list': { input: () => ({}), expected: ofSystem('reader', 403) },
  'joinToken.delete': { input: ({ joinToken }) => ({ id: joinToken }), expected: ofSystem('admin', 404) },
};

export const ed25519Key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBmBzGOrVUqFAyfNHyH0jYuTrhOVmAKW2l2mjU6Yp3nI me@laptop';

import {
  all,
  confinedIsRefused,
  given,
  inDomain,
  inProject,
  insideButNot,
  nowhere,
  ofEveryone,
  ofManagers,
  ofOperators,
  ofSystem,
  type Row,
  seenByManagers,
  unique,
  unseen,
} from './denial-verdicts.ts';

/** Who sees a project's limit is told that only operators change it. */
const ofLimits = {
  ...ofSystem('admin', 404),
  ...insideButNot('reader', 'member', 'manager', 'project admin', 'restricted credential'),
  ...given(403, 'domain reader', 'domain manager', 'domain admin'),
};

/** The operations of identity, as part of the denial table. */
export const identityTable: Record<string, Row> = {
  'domain.create': { input: () => ({ name: unique() }), expected: ofSystem('admin', 403) },
  'domain.list': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'domain.get': { input: ({ domain }) => ({ id: domain }), expected: inDomain('reader', 404) },
  'domain.update': { input: ({ domain }) => ({ id: domain, isEnabled: true }), expected: inDomain('admin', 404) },
  'domain.delete': { input: ({ domain }) => ({ id: domain }), expected: inDomain('admin', 404) },
  'project.create': {
    input: ({ domain }) => ({ domainId: domain, name: unique() }),
    expected: inDomain('manager', 403),
  },
  'project.list': { input: () => ({}), expected: ofEveryone() },
  'project.get': {
    input: ({ project }) => ({ id: project }),
    expected: { ...inProject('reader'), ...given('let through', 'domain reader', 'domain manager', 'domain admin') },
  },
  'project.members': {
    input: ({ project }) => ({ id: project }),
    expected: { ...inProject('reader'), ...given('let through', 'domain reader', 'domain manager', 'domain admin') },
  },
  'project.update': {
    input: ({ project }) => ({ id: project, description: 'x' }),
    expected: {
      ...inDomain('manager', 404),
      ...insideButNot('reader', 'member', 'manager', 'project admin', 'restricted credential'),
    },
  },
  'project.delete': {
    input: ({ project }) => ({ id: project }),
    expected: {
      ...inDomain('manager', 404),
      ...insideButNot('reader', 'member', 'manager', 'project admin', 'restricted credential'),
    },
  },
  'user.create': {
    input: ({ domain }) => ({ domainId: domain, name: unique(), password: 'long enough' }),
    expected: inDomain('manager', 403),
  },
  'user.list': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'user.get': { input: ({ user }) => ({ id: user }), expected: inDomain('reader', 404) },
  'user.update': { input: ({ user }) => ({ id: user, isEnabled: true }), expected: inDomain('manager', 404) },
  'user.changePassword': {
    // Nobody gets past their own password.
    input: () => ({ currentPassword: 'wrong password', newPassword: 'long enough' }),
    expected: { ...all(401), ...given(403, 'scoped-down token', 'token of another project') },
  },
  'user.updateProfile': { input: () => ({ description: 'x' }), expected: ofEveryone(confinedIsRefused) },
  'user.delete': { input: ({ user }) => ({ id: user }), expected: inDomain('manager', 404) },
  'identityLink.create': {
    input: ({ user }) => ({ userId: user, issuer: 'https://sso.example.org', subject: unique() }),
    expected: inDomain('manager', 404),
  },
  'identityLink.list': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'identityLink.delete': { input: ({ identityLink }) => ({ id: identityLink }), expected: inDomain('manager', 404) },
  'group.create': {
    input: ({ domain }) => ({ domainId: domain, name: unique() }),
    expected: inDomain('manager', 403),
  },
  'group.list': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'group.get': { input: ({ userGroup }) => ({ id: userGroup }), expected: inDomain('reader', 404) },
  'group.update': {
    input: ({ userGroup }) => ({ id: userGroup, description: 'x' }),
    expected: inDomain('manager', 404),
  },
  'group.delete': { input: ({ userGroup }) => ({ id: userGroup }), expected: inDomain('manager', 404) },
  'group.addMember': {
    input: ({ userGroup, user }) => ({ id: userGroup, userId: user }),
    expected: inDomain('manager', 404),
  },
  'group.removeMember': {
    input: ({ userGroup, user }) => ({ id: userGroup, userId: user }),
    expected: inDomain('manager', 404),
  },
  'role.create': { input: () => ({ name: unique() }), expected: ofSystem('admin', 403) },
  'role.list': { input: () => ({}), expected: ofEveryone() },
  'role.get': { input: ({ role }) => ({ id: role }), expected: ofEveryone(unseen) },
  'role.update': { input: ({ role }) => ({ id: role, description: 'x' }), expected: ofOperators() },
  'role.delete': { input: ({ role }) => ({ id: role }), expected: ofOperators() },
  'role.imply': {
    input: ({ role, impliedRole }) => ({ id: role, impliedRoleId: impliedRole }),
    expected: ofOperators(),
  },
  'role.unimply': {
    input: ({ role, impliedRole }) => ({ id: role, impliedRoleId: impliedRole }),
    expected: ofOperators(),
  },
  'roleAssignment.create': {
    input: ({ user, project }) => ({ userId: user, projectId: project, role: 'reader' }),
    expected: inDomain('manager', 403),
  },
  'roleAssignment.list': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'roleAssignment.listEffective': { input: () => ({}), expected: inDomain('reader', 403, 'let through') },
  'roleAssignment.delete': { input: ({ assignment }) => ({ id: assignment }), expected: inDomain('manager', 404) },
  'registeredLimit.create': {
    input: ({ service }) => ({ serviceId: service, resourceName: unique(), defaultLimit: 1 }),
    expected: ofSystem('admin', 403),
  },
  'registeredLimit.list': { input: () => ({}), expected: ofEveryone() },
  'registeredLimit.get': { input: ({ registeredLimit }) => ({ id: registeredLimit }), expected: ofEveryone(unseen) },
  'registeredLimit.update': {
    input: ({ registeredLimit }) => ({ id: registeredLimit, description: 'x' }),
    expected: ofOperators(),
  },
  'registeredLimit.delete': { input: ({ registeredLimit }) => ({ id: registeredLimit }), expected: ofOperators() },
  'serviceLimit.create': {
    input: ({ service, domain }) => ({
      serviceId: service,
      resourceName: 'attacked',
      domainId: domain,
      resourceLimit: 1,
    }),
    expected: ofSystem('admin', 403),
  },
  'serviceLimit.list': { input: () => ({}), expected: ofEveryone() },
  'serviceLimit.get': {
    input: ({ serviceLimit }) => ({ id: serviceLimit }),
    expected: { ...inProject('reader'), ...given('let through', 'domain reader', 'domain manager', 'domain admin') },
  },
  'serviceLimit.update': {
    input: ({ serviceLimit }) => ({ id: serviceLimit, description: 'x' }),
    expected: ofLimits,
  },
  'serviceLimit.delete': { input: ({ serviceLimit }) => ({ id: serviceLimit }), expected: ofLimits },
  'invite.create': {
    input: ({ project }) => ({ projectId: project, email: `${unique()}@example.org`, role: 'reader' }),
    expected: ofManagers(),
  },
  'invite.list': { input: ({ project }) => ({ projectId: project }), expected: ofManagers() },
  'invite.listOnDomain': {
    input: ({ domain }) => ({ domainId: domain }),
    expected: { ...inDomain('manager', 404), ...given(403, 'system reader') },
  },
  'invite.get': { input: ({ invite }) => ({ id: invite }), expected: seenByManagers() },
  'invite.resend': { input: ({ invite }) => ({ id: invite }), expected: seenByManagers() },
  'invite.revoke': { input: ({ invite }) => ({ id: invite }), expected: seenByManagers() },
  // Whoever has the link may; that there is none is told to everybody.
  'invite.open': { input: () => ({ token: 'uki_nothing' }), expected: nowhere() },
  'invite.accept': {
    input: () => ({ token: 'uki_nothing' }),
    expected: { ...all(404), ...given(403, 'scoped-down token', 'token of another project') },
  },
  'invite.join': {
    input: () => ({ token: 'uki_nothing', name: unique(), password: 'long enough' }),
    expected: nowhere(),
  },
  'member.update': {
    input: ({ project, user }) => ({ id: project, userId: user, role: 'reader' }),
    expected: ofManagers(),
  },
  'member.remove': { input: ({ project, user }) => ({ id: project, userId: user }), expected: ofManagers() },
  // Nobody has a role on what is not there; what comes of one that somebody has is told in members.test.ts.
  'member.leaveProject': {
    input: ({ server }) => ({ id: server }),
    expected: { ...all(404), ...given(403, 'scoped-down token', 'token of another project') },
  },
  'member.leaveDomain': {
    input: ({ server }) => ({ id: server }),
    expected: { ...all(404), ...given(403, 'scoped-down token', 'token of another project') },
  },
  'region.create': { input: () => ({ id: unique() }), expected: ofSystem('admin', 403) },
  'region.list': { input: () => ({}), expected: ofEveryone() },
  'region.get': { input: ({ region }) => ({ id: region }), expected: ofEveryone(unseen) },
  'region.update': { input: ({ region }) => ({ id: region, description: 'x' }), expected: ofOperators() },
  'region.delete': { input: ({ region }) => ({ id: region }), expected: ofOperators() },
  'service.create': { input: () => ({ type: 'x', name: unique() }), expected: ofSystem('admin', 403) },
  'service.list': { input: () => ({}), expected: ofEveryone() },
  'service.get': { input: ({ service }) => ({ id: service }), expected: ofEveryone(unseen) },
  'service.update': { input: ({ service }) => ({ id: service, description: 'x' }), expected: ofOperators() },
  'service.delete': { input: ({ service }) => ({ id: service }), expected: ofOperators() },
  'endpoint.create': {
    input: ({ service }) => ({ serviceId: service, interface: 'public', url: 'http://127.0.0.1' }),
    expected: ofSystem('admin', 403),
  },
  'endpoint.list': { input: () => ({}), expected: ofEveryone() },
  'endpoint.get': { input: ({ endpoint }) => ({ id: endpoint }), expected: ofEveryone(unseen) },
  'endpoint.update': { input: ({ endpoint }) => ({ id: endpoint, isEnabled: true }), expected: ofOperators() },
  'endpoint.delete': { input: ({ endpoint }) => ({ id: endpoint }), expected: ofOperators() },
};

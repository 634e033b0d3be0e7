import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { all, confinedIsRefused, lenderIsNeeded, ofAnother, ofEveryone, type Row, unique } from './denial-verdicts.ts';

const withWrongPassword: Row = {
  input: () => ({ password: 'wrong password', code: '000000' }),
  // Those who may ask are told that the password is wrong.
  expected: { ...all(401), 'scoped-down token': 403, ...lenderIsNeeded },
};

/** What a user lends out and signs in with: each their own, and nothing for a confined token. */
export const credentialRows: Record<string, Row> = {
  'applicationCredential.create': {
    input: ({ project }) => ({ name: unique(), projectId: project }),
    expected: ofEveryone(lenderIsNeeded),
  },
  'applicationCredential.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'applicationCredential.get': {
    input: ({ applicationCredential }) => ({ id: applicationCredential }),
    expected: ofAnother,
  },
  'applicationCredential.delete': {
    input: ({ applicationCredential }) => ({ id: applicationCredential }),
    expected: ofAnother,
  },
  'applicationCredential.lendableRoles': {
    input: ({ project }) => ({ projectId: project }),
    expected: ofEveryone(lenderIsNeeded),
  },
  'accessRule.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'accessRule.get': { input: ({ accessRule }) => ({ id: accessRule }), expected: ofAnother },
  'accessRule.delete': { input: ({ accessRule }) => ({ id: accessRule }), expected: ofAnother },
  'trust.create': {
    input: ({ project, user }) => ({
      trusteeId: user,
      projectId: project,
      roleIds: [builtInRoleIds.reader],
      isImpersonating: false,
    }),
    expected: ofEveryone(lenderIsNeeded),
  },
  'trust.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'trust.get': { input: ({ trust }) => ({ id: trust }), expected: ofAnother },
  'trust.delete': { input: ({ trust }) => ({ id: trust }), expected: ofAnother },
  'credential.create': { input: () => ({ type: 'cert', blob: 'secret' }), expected: ofEveryone(lenderIsNeeded) },
  'credential.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'credential.get': { input: ({ credential }) => ({ id: credential }), expected: ofAnother },
  'credential.update': { input: ({ credential }) => ({ id: credential, blob: 'other' }), expected: ofAnother },
  'credential.delete': { input: ({ credential }) => ({ id: credential }), expected: ofAnother },
  'notification.list': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'notification.update': { input: ({ notification }) => ({ id: notification, isRead: true }), expected: ofAnother },
  'notification.markRead': {
    input: () => ({ until: new Date().toISOString() }),
    expected: ofEveryone(confinedIsRefused),
  },
  'totp.get': { input: () => ({}), expected: ofEveryone(confinedIsRefused) },
  'totp.begin': { input: () => ({}), expected: ofEveryone(lenderIsNeeded) },
  'totp.confirm': { input: () => ({ code: '000000' }), expected: ofEveryone(lenderIsNeeded) },
  'totp.renewRecoveryCodes': withWrongPassword,
  'totp.remove': withWrongPassword,
};

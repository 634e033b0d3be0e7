import type { Told } from './cloud.ts';
import type { Persona } from './personas.ts';

/** How a door answers one persona, by what that tells: done, bad or busy input (let through), or one of the refusals. */
export type Verdict = 'let through' | 401 | 403 | 404;

export function verdictOf({ status, text }: Told): Verdict {
  if (status === 401 || status === 403 || status === 404) return status;
  if (status < 500) return 'let through';
  throw new Error(`answered ${status}: ${text}`);
}

/** Ids of things of the project under attack, and what bodies need. */
export interface Things {
  readonly project: string;
  readonly domain: string;
  readonly user: string;
  readonly assignment: string;
  readonly session: string;
  readonly apiToken: string;
  readonly applicationCredential: string;
  readonly identityLink: string;
  readonly invite: string;
  readonly accessRule: string;
  readonly trust: string;
  readonly credential: string;
  readonly flavor: string;
  readonly publicFlavor: string;
  readonly volumeType: string;
  readonly image: string;
  readonly publicImage: string;
  readonly keyPair: string;
  readonly notification: string;
  readonly network: string;
  readonly subnet: string;
  readonly port: string;
  readonly router: string;
  readonly outside: string;
  readonly floatingIp: string;
  readonly forwarding: string;
  readonly group: string;
  readonly qosPolicy: string;
  readonly qosRule: string;
  readonly subnetPool: string;
  readonly addressScope: string;
  readonly rbacPolicy: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly server: string;
  readonly operation: string;
  readonly mail: string;
  readonly host: string;
  readonly joinToken: string;
  readonly aggregate: string;
  readonly serverGroup: string;
  readonly userGroup: string;
  readonly role: string;
  readonly impliedRole: string;
  readonly region: string;
  readonly service: string;
  readonly endpoint: string;
  readonly registeredLimit: string;
  readonly serviceLimit: string;
  readonly priceList: string;
  readonly quotaRequest: string;
  readonly budget: string;
}

export type Expected = Record<Persona, Verdict>;

/**
 * Tokens of the identity door do what their roles on their project do: those of a member's credential what a member does,
 * those of another project what its members do.
 */
function withTokens(rest: Omit<Expected, 'restricted credential' | 'scoped token elsewhere'>): Expected {
  const { member, 'member of another project': outsider } = rest;
  return { 'restricted credential': member, 'scoped token elsewhere': outsider, ...rest };
}

const identities = {
  nobody: 401,
  'garbage token': 401,
  'expired session': 401,
  'revoked token': 401,
  'disabled user': 401,
} as const;

/** Whoever has a role on a domain, and none that matters here. */
function ofDomains(verdict: Verdict) {
  return {
    'domain reader': verdict,
    'domain manager': verdict,
    'domain admin': verdict,
    'manager of another domain': verdict,
  } as const;
}

/** Things of a project: strangers get 404, those inside get 403 for what their role does not include. */
export function inProject(least: 'reader' | 'member' | 'manager'): Expected {
  const reader = least === 'reader' ? 'let through' : 403;
  const member = least === 'manager' ? 403 : 'let through';
  return withTokens({
    ...identities,
    'member of another project': 404,
    reader,
    member,
    manager: 'let through',
    'project admin': 'let through',
    'system reader': reader,
    'system admin': 'let through',
    ...ofDomains(404),
    'scoped-down token': 404,
    'token of another project': 404,
  });
}

/** As `inProject`, where a scoped-down token is told that it is its scope that is in the way. */
export function inProjectAsPlace(least: 'reader' | 'member' | 'manager'): Expected {
  return { ...inProject(least), 'scoped-down token': 403 };
}

/** What only operators may do. Those who may not even see such things get 404 where a row is named. */
export function ofSystem(least: 'reader' | 'admin', stranger: 403 | 404): Expected {
  return withTokens({
    ...identities,
    'member of another project': stranger,
    reader: stranger,
    member: stranger,
    manager: stranger,
    'project admin': stranger,
    'system reader': least === 'reader' ? 'let through' : 403,
    'system admin': 'let through',
    ...ofDomains(stranger),
    'scoped-down token': stranger,
    'token of another project': stranger,
  });
}

/**
 * Things of a domain, `least` being the role on it that is needed. Strangers, those inside its projects among them, get
 * `stranger`; who has a role on another domain gets `elsewhere`.
 */
export function inDomain(least: 'reader' | 'manager' | 'admin', stranger: Verdict, elsewhere = stranger): Expected {
  return {
    ...ofSystem(least === 'reader' ? 'reader' : 'admin', 404),
    ...given(stranger, 'member of another project', 'reader', 'member', 'manager', 'project admin'),
    ...given(
      stranger,
      'scoped-down token',
      'token of another project',
      'restricted credential',
      'scoped token elsewhere',
    ),
    'domain reader': least === 'reader' ? 'let through' : 403,
    'domain manager': least === 'admin' ? 403 : 'let through',
    'domain admin': least === 'admin' ? 403 : 'let through',
    'manager of another domain': elsewhere,
  };
}

/** What whoever manages the project or its domain does with it; who only sees the project is told what is missing. */
export function ofManagers(): Expected {
  return {
    ...inProject('member'),
    ...insideButNot('member', 'restricted credential', 'domain reader'),
    ...given('let through', 'domain manager', 'domain admin'),
  };
}

/** As `ofManagers`, of what nobody else may know of. */
export function seenByManagers(): Expected {
  return { ...ofManagers(), ...goneFor('reader', 'member', 'restricted credential', 'domain reader', 'system reader') };
}

/** What leads nowhere, whoever asks, also without a credential. */
export function nowhere(): Expected {
  return {
    ...all(404),
    ...goneFor('nobody', 'garbage token', 'expired session', 'revoked token', 'disabled user'),
  };
}

/** What everyone may know of and only operators change. */
export function ofOperators(): Expected {
  return { ...all(403), 'system admin': 'let through', 'scoped-down token': 404 };
}

export function given(verdict: Verdict, ...names: Persona[]): Partial<Expected> {
  return Object.fromEntries(names.map((name) => [name, verdict]));
}

/** What everybody who is signed in may do; a scoped-down token only when its scope has it. */
export function ofEveryone(exceptions: Partial<Expected> = {}): Expected {
  return withTokens({
    ...identities,
    'member of another project': 'let through',
    reader: 'let through',
    member: 'let through',
    manager: 'let through',
    'project admin': 'let through',
    'system reader': 'let through',
    'system admin': 'let through',
    ...ofDomains('let through'),
    'scoped-down token': 403,
    'token of another project': 'let through',
    ...exceptions,
  });
}

/** Things of one's own: those of another are not there, for operators neither. */
export const ofAnother: Expected = { ...ofEveryone(), ...all(404), ...identities };

export function all(verdict: Verdict): Expected {
  return withTokens({
    ...identities,
    'member of another project': verdict,
    reader: verdict,
    member: verdict,
    manager: verdict,
    'project admin': verdict,
    'system reader': verdict,
    'system admin': verdict,
    ...ofDomains(verdict),
    'scoped-down token': verdict,
    'token of another project': verdict,
  });
}

/** What needs no credential, so that none is looked at: everybody is answered alike. */
export function strangersToo(verdict: Verdict): Expected {
  const nobodies = given(verdict, 'nobody', 'garbage token', 'expired session', 'revoked token', 'disabled user');
  return { ...all(verdict), ...nobodies };
}

/** A credential whose scope does not include reading it. */
export const unseen = { 'scoped-down token': 404 } as const;

export const confinedIsRefused = { 'token of another project': 403 } as const;

/** What makes or removes credentials, which neither a confined nor a restricted one does (A02, A05). */
export const lenderIsNeeded = { ...confinedIsRefused, 'restricted credential': 403 } as const;

export interface Row {
  /** A valid input, so that nothing but access decides. */
  readonly input: (things: Things) => Record<string, unknown>;
  readonly expected: Expected;
}

export function readWithToken(): Expected {
  return { ...inProject('reader'), 'scoped-down token': 'let through' };
}

export function changeWithToken(least: 'reader' | 'member'): Expected {
  return { ...inProject(least), 'scoped-down token': 403 };
}

export function insideButNot(...names: Persona[]): Partial<Expected> {
  return Object.fromEntries(names.map((name) => [name, 403 as const]));
}

export function goneFor(...names: Persona[]): Partial<Expected> {
  return Object.fromEntries(names.map((name) => [name, 404 as const]));
}

let counter = 0;
export function unique(): string {
  counter += 1;
  return `made-${counter}`;
}

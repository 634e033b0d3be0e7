import type { Persona } from './personas.ts';

/** How a door answers one persona, by what that tells: done, bad or busy input (let through), or one of the refusals. */
export type Verdict = 'let through' | 401 | 403 | 404;

/** Ids of things of the project under attack, and what bodies need. */
export interface Things {
  readonly project: string;
  readonly domain: string;
  readonly user: string;
  readonly assignment: string;
  readonly session: string;
  readonly apiToken: string;
  readonly applicationCredential: string;
  readonly trust: string;
  readonly credential: string;
  readonly flavor: string;
  readonly publicFlavor: string;
  readonly image: string;
  readonly publicImage: string;
  readonly keyPair: string;
  readonly network: string;
  readonly subnet: string;
  readonly port: string;
  readonly group: string;
  readonly server: string;
  readonly operation: string;
  readonly host: string;
}

export type Expected = Record<Persona, Verdict>;

const identities = {
  nobody: 401,
  'garbage token': 401,
  'expired session': 401,
  'revoked token': 401,
  'disabled user': 401,
} as const;

/** Things of a project: strangers get 404, those inside get 403 for what their role does not include. */
export function inProject(least: 'reader' | 'member'): Expected {
  const reader = least === 'reader' ? 'let through' : 403;
  return {
    ...identities,
    'member of another project': 404,
    reader,
    member: 'let through',
    manager: 'let through',
    'project admin': 'let through',
    'system reader': reader,
    'system admin': 'let through',
    'scoped-down token': 404,
    'token of another project': 404,
  };
}

/** As `inProject`, where a scoped-down token is told that it is its scope that is in the way. */
export function inProjectAsPlace(least: 'reader' | 'member'): Expected {
  return { ...inProject(least), 'scoped-down token': 403 };
}

/** What only operators may do. Those who may not even see such things get 404 where a row is named. */
export function ofSystem(least: 'reader' | 'admin', stranger: 403 | 404): Expected {
  return {
    ...identities,
    'member of another project': stranger,
    reader: stranger,
    member: stranger,
    manager: stranger,
    'project admin': stranger,
    'system reader': least === 'reader' ? 'let through' : 403,
    'system admin': 'let through',
    'scoped-down token': stranger,
    'token of another project': stranger,
  };
}

/** What everybody who is signed in may do; a scoped-down token only when its scope has it. */
export function ofEveryone(exceptions: Partial<Expected> = {}): Expected {
  return {
    ...identities,
    'member of another project': 'let through',
    reader: 'let through',
    member: 'let through',
    manager: 'let through',
    'project admin': 'let through',
    'system reader': 'let through',
    'system admin': 'let through',
    'scoped-down token': 403,
    'token of another project': 'let through',
    ...exceptions,
  };
}

/** Things of one's own: those of another are not there, for operators neither. */
export const ofAnother: Expected = { ...ofEveryone(), ...all(404), ...identities };

export function all(verdict: Verdict): Expected {
  return {
    ...identities,
    'member of another project': verdict,
    reader: verdict,
    member: verdict,
    manager: verdict,
    'project admin': verdict,
    'system reader': verdict,
    'system admin': verdict,
    'scoped-down token': verdict,
    'token of another project': verdict,
  };
}

export const confinedIsRefused = { 'token of another project': 403 } as const;

export interface Row {
  /** A valid input, so that nothing but access decides. */
  readonly input: (things: Things) => Record<string, unknown>;
  readonly expected: Expected;
}

let counter = 0;
export function unique(): string {
  counter += 1;
  return `made-${counter}`;
}

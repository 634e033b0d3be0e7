import { UnkaiError } from '@unkai/contracts/errors';

/** A microversion as a number that sorts: 2.73 is 2073. What a service does differently is decided by comparing it. */
export type Microversion = number;

const majorWeight = 1000;

export interface VersionRange {
  /** What the service is called in `OpenStack-API-Version`, such as `compute`. */
  readonly service: string;
  /** Older headers that say the same of this service alone. */
  readonly legacyHeaders: readonly string[];
  readonly lowest: string;
  readonly highest: string;
}

/** No such microversion: answered with 406 and the range, as the API SIG's guideline asks. */
export class UnknownMicroversion extends Error {
  readonly range: VersionRange;

  constructor(wanted: string, range: VersionRange) {
    super(`Version ${wanted} is not supported by the API. Minimum is ${range.lowest} and maximum is ${range.highest}.`);
    this.range = range;
  }
}

export function microversion(text: string): Microversion {
  const [major = '', minor = ''] = text.split('.');
  return Number(major) * majorWeight + Number(minor);
}

function microversionText(version: Microversion): string {
  return `${Math.floor(version / majorWeight)}.${version % majorWeight}`;
}

const form = /^[1-9]\d{0,2}\.(0|[1-9]\d{0,2})$/;

/**
 * The microversion that a request asks for: the lowest when it asks for none. Throws `invalid_input` for something that
 * is no version, and UnknownMicroversion for one that we do not speak.
 */
export function wantedMicroversion(headers: Headers, range: VersionRange): Microversion {
  const wanted = named(headers, range);
  if (wanted === null) return microversion(range.lowest);
  if (wanted === 'latest') return microversion(range.highest);
  if (!form.test(wanted)) {
    throw new UnkaiError(
      'invalid_input',
      `API Version String ${wanted} is of invalid format. Must be of format MajorNum.MinorNum.`,
    );
  }
  const version = microversion(wanted);
  if (version < microversion(range.lowest) || version > microversion(range.highest)) {
    throw new UnknownMicroversion(wanted, range);
  }
  return version;
}

/** `OpenStack-API-Version` may name several services, each with its version, separated by commas. */
function named(headers: Headers, { service, legacyHeaders }: VersionRange): string | null {
  for (const entry of (headers.get('openstack-api-version') ?? '').split(',')) {
    const [name, version] = entry.trim().split(/\s+/);
    if (name?.toLowerCase() === service && version !== undefined) return version.toLowerCase();
  }
  for (const name of legacyHeaders) {
    const version = headers.get(name)?.trim().toLowerCase();
    if (version !== undefined && version !== '') return version;
  }
  return null;
}

/** What every answer of a service with microversions says: which it speaks here, and that answers differ by it. */
export function versionHeaders(version: Microversion, range: VersionRange): [string, string][] {
  const text = microversionText(version);
  return [
    ['openstack-api-version', `${range.service} ${text}`],
    ...range.legacyHeaders.map((name): [string, string] => [name, text]),
    ['vary', ['OpenStack-API-Version', ...range.legacyHeaders].join(', ')],
  ];
}

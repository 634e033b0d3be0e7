// What the audit log keeps of a row, before and after a change. A field is named here or it is not kept: what somebody
// adds to a table tomorrow may be a secret.

/** A row, or what of it is at hand. */
export type Kept = object | null | undefined;

const named = ['name', 'description'] as const;
const tagged = [...named, 'tags'] as const;

/** By noun, the fields that anybody who may read the log may see. Nothing a guest is given, no hash, no seal, no key. */
export const keptFields: Readonly<Record<string, readonly string[]>> = {
  server: [...tagged, 'state', 'flavorName', 'imageId', 'availabilityZone', 'accessIpv4', 'accessIpv6'],
  image: [...tagged, 'state', 'visibility', 'isProtected', 'minDiskGib', 'minMemoryMib', 'loginUser', 'sha256'],
  network: [
    ...tagged,
    ...['isDefault', 'mtu', 'isEnabled', 'isExternal', 'isShared', 'hasPortSecurity'],
    ...['networkType', 'physicalNetwork', 'segmentationId', 'qosPolicyId'],
  ],
  subnet: [
    'name',
    'tags',
    'networkId',
    'cidr',
    'ipv6Mode',
    'gatewayAddress',
    'dnsServers',
    'hasDhcp',
    'hostRoutes',
    'allocationPools',
    'subnetPoolId',
  ],
  port: [
    ...tagged,
    ...['networkId', 'serverId', 'deviceOwner', 'macAddress', 'addresses', 'securityGroups'],
    ...['isEnabled', 'hasPortSecurity', 'allowedAddressPairs', 'dhcpOptions', 'dnsName', 'qosPolicyId'],
  ],
  router: [...tagged, 'isEnabled', 'hasSnat', 'routes', 'interfaces', 'gateway'],
  'floating-ip': ['description', 'tags', 'networkId', 'address', 'portId', 'fixedAddress', 'forwarding'],
  'security-group': [...tagged, 'isDefault', 'rule'],
  'qos-policy': [...tagged, 'isDefault', 'isShared', 'rules'],
  'subnet-pool': [
    ...[...tagged, 'prefixes', 'addressScopeId', 'quota', 'isDefault', 'isShared'],
    ...['minPrefixLength', 'maxPrefixLength', 'defaultPrefixLength'],
  ],
  'address-scope': ['name', 'family', 'isShared'],
  'rbac-policy': ['objectType', 'objectId', 'action', 'targetProjectId'],
  // Not the address: what follows the host's name in it is often as good as a password.
  webhook: ['name', 'events', 'disabledBy'],
  budget: ['projectId', 'domainId', 'amount', 'alertPercents'],
  'key-pair': ['name', 'kind', 'fingerprintSha256'],
  flavor: [...named, 'vcpus', 'memoryMib', 'diskGib', 'isPublic', 'alias', 'extraSpecs', 'access'],
  'volume-type': [...named, 'isPublic', 'isDefault', 'extraSpecs'],
  host: ['name', 'availabilityZone', 'isEnabled', 'disabledReason', 'vcpuRatio', 'isForcedDown'],
  aggregate: ['name', 'availabilityZone'],
  'server-group': ['name', 'policy', 'maxServersPerHost'],
  project: [...tagged, 'isEnabled', 'domainId', 'parentId'],
  domain: [...named, 'isEnabled'],
  user: [...named, 'email', 'isEnabled', 'domainId', 'defaultProjectId', 'passwordExpiresAt'],
  group: [...named, 'domainId'],
  role: [...named, 'domainId'],
  'role-assignment': ['roleId', 'userId', 'groupId', 'isSystem', 'domainId', 'projectId', 'isInherited'],
  invite: ['email', 'role', 'message', 'state', 'expiresAt', 'projectId', 'domainId'],
  'identity-link': ['userId', 'issuer', 'subject'],
  'api-token': ['name', 'permissions', 'projectId', 'expiresAt'],
  'application-credential': [...named, 'projectId', 'isUnrestricted', 'expiresAt'],
  region: ['description', 'parentRegionId'],
  service: [...named, 'type', 'isEnabled'],
  endpoint: ['serviceId', 'regionId', 'interface', 'url', 'isEnabled'],
  trust: ['trustorId', 'trusteeId', 'projectId', 'isImpersonating', 'remainingUses', 'redelegationCount', 'expiresAt'],
};

/** Nouns whose values are made for the log where they are changed, such as limits by their names. */
const ownValues: ReadonlySet<string> = new Set(['limits']);

const longestJson = 8_000;

/**
 * The fields to keep of both rows, as JSON: of a change only those that differ, of what was made or removed all. Null
 * where there is nothing to keep.
 */
export function changedValues(noun: string, { before, after }: { readonly before?: Kept; readonly after?: Kept }) {
  const was = keptOf(noun, before);
  const is = keptOf(noun, after);
  if (was === null || is === null) return { before: jsonOf(said(was)), after: jsonOf(said(is)) };
  const differs = (field: string) => textOf(was.get(field)) !== textOf(is.get(field));
  const fields = new Set([...was.keys(), ...is.keys()].filter(differs));
  const only = (values: Values) => new Map([...values].filter(([field]) => fields.has(field)));
  return { before: jsonOf(only(was)), after: jsonOf(only(is)) };
}

/** What has no value says nothing of something that was made or removed. */
function said(values: Values | null): Values | null {
  return values && new Map([...values].filter(([, value]) => value !== null));
}

type Values = ReadonlyMap<string, unknown>;

function keptOf(noun: string, row: Kept): Values | null {
  if (row === null || row === undefined) return null;
  const fields = new Set(keptFields[noun]);
  return new Map(
    Object.entries(row).filter(([field, value]) => value !== undefined && (ownValues.has(noun) || fields.has(field))),
  );
}

function jsonOf(values: Values | null): string | null {
  if (values === null || values.size === 0) return null;
  const text = textOf(Object.fromEntries(values));
  // A line tells what changed; it is no backup of it.
  return text.length > longestJson ? JSON.stringify({ fields: [...values.keys()].join(', ') }) : text;
}

/** JSON knows no bigint, which is what the database gives for sizes and limits. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
}

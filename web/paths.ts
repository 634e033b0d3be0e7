/**
 * Every link of the portal comes from here, so that a page can move in one place. Values are path segments or query
 * values and are encoded here.
 */
type InProject = { project: string };
type OfServer = InProject & { server: string };
type OfSecurityGroup = InProject & { group: string };
type OfNetwork = InProject & { network: string };
type OfPort = InProject & { port: string };
type OfRouter = InProject & { router: string };
type OfFloatingIp = InProject & { floating: string };
type OfQosPolicy = InProject & { policy: string };
type OfSubnetPool = InProject & { pool: string };
type OfWebhook = InProject & { webhook: string };
type InDomain = { domain: string };
type OfProject = InDomain & { project: string };
type OfUser = InDomain & { user: string };
type OfGroup = InDomain & { group: string };

type PathQuery = { from?: string; to?: string; protocol?: string; port?: string };
type Filtered = { filter?: string };

const segment = encodeURIComponent;
const project = (at: InProject) => `/projects/${segment(at.project)}`;
const domain = (at: InDomain) => `/domains/${segment(at.domain)}`;
const server = (at: OfServer) => `${project(at)}/servers/${segment(at.server)}`;

const filtered = ({ filter }: Filtered) => (filter === undefined ? '' : `?filter=${segment(filter)}`);
const pathQuery = ({ from, to, protocol, port }: PathQuery) => {
  const asked = Object.entries({ from, to, protocol, port }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
};
const placeOf = (at: { project?: string; domain?: string }) => {
  if (at.project !== undefined) return project({ project: at.project });
  return at.domain === undefined ? '' : domain({ domain: at.domain });
};

export const paths = {
  home: () => '/',
  signIn: ({ next }: { next?: string } = {}) => (next === undefined ? '/sign-in' : `/sign-in?next=${segment(next)}`),
  /** Of the API, for who has signed out here: on to the provider or back to the sign-in page. */
  signOut: ({ next }: { next?: string } = {}) =>
    next === undefined ? '/openid/sign-out' : `/openid/sign-out?next=${segment(next)}`,

  signUp: () => '/sign-up',
  signUpVerify: () => '/sign-up/verify',
  forgotPassword: () => '/forgot-password',
  resetPassword: () => '/reset-password',
  /** The link of an invite; its token is behind the `#`. */
  invite: () => '/invite',

  project,
  servers: (at: InProject) => `${project(at)}/servers`,
  serverCreate: (at: InProject) => `${project(at)}/servers/new`,
  server,
  serverConsole: (at: OfServer & { kind?: 'screen' | 'serial' }) =>
    `${server(at)}/console${at.kind === 'serial' ? '?kind=serial' : ''}`,
  serverLog: (at: OfServer) => `${server(at)}/log`,
  serverNetwork: (at: OfServer) => `${server(at)}/network`,
  serverActivity: (at: OfServer) => `${server(at)}/activity`,
  serverGroups: (at: InProject) => `${project(at)}/server-groups`,
  images: (at: InProject) => `${project(at)}/images`,
  keyPairs: (at: InProject) => `${project(at)}/key-pairs`,
  networks: (at: InProject) => `${project(at)}/networks`,
  network: (at: OfNetwork) => `${project(at)}/networks/${segment(at.network)}`,
  topology: (at: InProject) => `${project(at)}/topology`,
  pathCheck: (at: InProject & PathQuery) => `${project(at)}/path-check${pathQuery(at)}`,
  routers: (at: InProject) => `${project(at)}/routers`,
  router: (at: OfRouter) => `${project(at)}/routers/${segment(at.router)}`,
  floatingIps: (at: InProject) => `${project(at)}/floating-ips`,
  floatingIp: (at: OfFloatingIp) => `${project(at)}/floating-ips/${segment(at.floating)}`,
  ports: (at: InProject) => `${project(at)}/ports`,
  port: (at: OfPort) => `${project(at)}/ports/${segment(at.port)}`,
  qosPolicies: (at: InProject) => `${project(at)}/qos-policies`,
  qosPolicy: (at: OfQosPolicy) => `${project(at)}/qos-policies/${segment(at.policy)}`,
  subnetPools: (at: InProject) => `${project(at)}/subnet-pools`,
  subnetPool: (at: OfSubnetPool) => `${project(at)}/subnet-pools/${segment(at.pool)}`,
  addressScopes: (at: InProject) => `${project(at)}/address-scopes`,
  securityGroups: (at: InProject) => `${project(at)}/security-groups`,
  securityGroup: (at: OfSecurityGroup) => `${project(at)}/security-groups/${segment(at.group)}`,
  members: (at: InProject) => `${project(at)}/members`,
  quotas: (at: InProject) => `${project(at)}/quotas`,
  activity: (at: InProject & Filtered) => `${project(at)}/activity${filtered(at)}`,
  webhooks: (at: InProject) => `${project(at)}/webhooks`,
  webhook: (at: OfWebhook) => `${project(at)}/webhooks/${segment(at.webhook)}`,
  cost: (at: InProject) => `${project(at)}/cost`,

  profile: () => '/profile',
  profileSignIn: () => '/profile/sign-in',
  profileNotifications: () => '/profile/notifications',
  profileActivity: () => '/profile/activity',
  profileSessions: () => '/profile/sessions',
  profileApiTokens: () => '/profile/api-tokens',
  profileApplicationCredentials: () => '/profile/application-credentials',
  profileOpenstack: () => '/profile/openstack',
  profileLent: () => '/profile/lent',

  domainProjects: (at: InDomain) => `${domain(at)}/projects`,
  domainProject: (at: OfProject) => `${domain(at)}/projects/${segment(at.project)}`,
  domainUsers: (at: InDomain) => `${domain(at)}/users`,
  domainUser: (at: OfUser) => `${domain(at)}/users/${segment(at.user)}`,
  domainGroups: (at: InDomain) => `${domain(at)}/groups`,
  domainGroup: (at: OfGroup) => `${domain(at)}/groups/${segment(at.group)}`,
  domainAssignments: (at: InDomain) => `${domain(at)}/assignments`,
  domainCost: (at: InDomain) => `${domain(at)}/usage`,

  domainActivity: (at: InDomain & Filtered) => `${domain(at)}/activity${filtered(at)}`,

  signUpPolicy: () => '/operate/sign-up',
  mail: () => '/operate/mail',
  domains: () => '/operate/domains',
  roles: () => '/operate/roles',
  catalog: () => '/operate/catalog',
  cloud: () => '/operate',
  hosts: () => '/operate/hosts',
  host: ({ host }: { host: string }) => `/operate/hosts/${segment(host)}`,
  zones: () => '/operate/zones',
  aggregates: () => '/operate/aggregates',
  volumeTypes: () => '/operate/volume-types',
  quotaRequests: () => '/operate/quota-requests',
  quotaDefaults: () => '/operate/quota-defaults',
  systemActivity: (at: Filtered = {}) => `/operate/activity${filtered(at)}`,
  operations: ({ view }: { view?: string } = {}) => `/operate/operations${view ? `?view=${segment(view)}` : ''}`,
  placement: ({ flavor }: { flavor?: string } = {}) =>
    `/operate/placement${flavor ? `?flavor=${segment(flavor)}` : ''}`,
  orphans: () => '/operate/orphans',
  priceLists: () => '/operate/prices',
  cloudCost: () => '/operate/usage',

  /** Served by the API on the same origin. */
  apiReference: () => '/v1',
  apiUsageFile: ({ from, to, ...at }: InProject & { from?: string; to?: string }) =>
    `/v1/projects/${segment(at.project)}/usage.csv${from && to ? `?from=${segment(from)}&to=${segment(to)}` : ''}`,
  apiImageFile: ({ image }: { image: string }) => `/v1/images/${segment(image)}/file`,
  apiEvents: (at: InProject) => `/v1/projects/${segment(at.project)}/events`,
  auditExport: (at: { project?: string; domain?: string; query?: Record<string, string> }) =>
    `/v1${placeOf(at)}/audit-lines/export?${new URLSearchParams(at.query)}`,
  trpc: () => '/trpc',
} as const;

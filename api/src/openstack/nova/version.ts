import { microversion, type VersionRange } from '../microversion.ts';
import type { Answer, Asked, Route } from '../service.ts';

/**
 * The highest is the last whose changes to what we have are all here; docs/openstack.md says what of Nova is not here at
 * any version.
 */
export const novaVersions: VersionRange = {
  service: 'compute',
  legacyHeaders: ['x-openstack-nova-api-version'],
  lowest: '2.1',
  highest: '2.74',
};

/** Microversions at which an answer or a request of ours changes, by what changes. */
export const since = {
  keyPairType: microversion('2.2'),
  serverAttributes: microversion('2.3'),
  remoteConsoles: microversion('2.6'),
  locked: microversion('2.9'),
  keyPairUser: microversion('2.10'),
  groupOwner: microversion('2.13'),
  softGroups: microversion('2.15'),
  forcedDown: microversion('2.11'),
  hostStatus: microversion('2.16'),
  evacuatePasswordGone: microversion('2.14'),
  description: microversion('2.19'),
  actionsOfDeleted: microversion('2.21'),
  tags: microversion('2.26'),
  cpuInfoObject: microversion('2.28'),
  hypervisorPages: microversion('2.33'),
  keyPairPages: microversion('2.35'),
  aggregateUuid: microversion('2.41'),
  groupPolicy: microversion('2.64'),
  networkProxiesGone: microversion('2.36'),
  networksRequired: microversion('2.37'),
  statusChecked: microversion('2.38'),
  imageMetadataGone: microversion('2.39'),
  usagePages: microversion('2.40'),
  hostsGone: microversion('2.43'),
  flavorEmbedded: microversion('2.47'),
  fixedAddressQuotaGone: microversion('2.50'),
  actionUpdated: microversion('2.51'),
  tagsAtCreate: microversion('2.52'),
  uuidsOfHosts: microversion('2.53'),
  flavorDescription: microversion('2.55'),
  personalityGone: microversion('2.57'),
  actionPages: microversion('2.58'),
  flavorExtraSpecs: microversion('2.61'),
  actionHost: microversion('2.62'),
  trustedCertificates: microversion('2.63'),
  changesBefore: microversion('2.66'),
  serverGroups: microversion('2.71'),
  lockedReason: microversion('2.73'),
  chosenHost: microversion('2.74'),
} as const;

const updated = '2013-07-23T11:33:21Z';

function document({ endpoint }: Asked) {
  return {
    id: 'v2.1',
    status: 'CURRENT',
    version: novaVersions.highest,
    min_version: novaVersions.lowest,
    updated,
    links: [
      { rel: 'self', href: `${endpoint}/v2.1/` },
      { rel: 'describedby', type: 'text/html', href: `${new URL(endpoint).origin}/docs` },
    ],
  };
}

const mediaTypes = [{ base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2.1' }];

/** The API before microversions: the same as v2.1 at its first one. */
const oldDocument = ({ endpoint }: Asked) => ({
  id: 'v2.0',
  status: 'SUPPORTED',
  version: '',
  min_version: '',
  updated: '2011-01-21T11:33:21Z',
  links: [{ rel: 'self', href: `${endpoint}/v2/` }],
});

const all = (asked: Asked): Answer => {
  const { id, status, version, min_version, links } = document(asked);
  const now = { id, status, version, min_version, updated, links: links.slice(0, 1) };
  return { status: 200, body: { versions: [oldDocument(asked), now] } };
};
const one = (asked: Asked): Answer => ({
  status: 200,
  body: { version: { ...document(asked), 'media-types': mediaTypes } },
});

const old = (asked: Asked): Answer => ({
  status: 200,
  body: { version: { ...oldDocument(asked), 'media-types': mediaTypes } },
});

export const versionRoutes: readonly Route[] = [
  { method: 'GET', path: '', answer: all, isPublic: true },
  { method: 'GET', path: '/', answer: all, isPublic: true },
  { method: 'GET', path: '/v2', answer: old, isPublic: true },
  { method: 'GET', path: '/v2/', answer: old, isPublic: true },
  { method: 'GET', path: '/v2.1', answer: one, isPublic: true },
  { method: 'GET', path: '/v2.1/', answer: one, isPublic: true },
];

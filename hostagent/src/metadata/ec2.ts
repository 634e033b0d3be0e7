import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { guestDomain } from '../tools/dnsmasq-files.ts';
import { absent, type Folder, plain, title } from './node.ts';

/** EC2's versions, oldest first; each has what the ones before it have. */
export const ec2Versions = [
  '1.0',
  '2007-01-19',
  '2007-03-01',
  '2007-08-29',
  '2007-10-10',
  '2007-12-15',
  '2008-02-01',
  '2008-09-01',
  '2009-04-04',
] as const;
type Version = (typeof ec2Versions)[number];

/** The tree of one version. `portId` is the port that asks: its address is the local one. */
export function ec2Tree(spec: DesiredServerSpec, portId: string, version: Version): Folder {
  const since = (first: Version) => ec2Versions.indexOf(version) >= ec2Versions.indexOf(first);
  const { guest } = spec;
  const hostName = plain(`${spec.hostName}.${guestDomain}`);
  const port = spec.ports.find(({ id }) => id === portId) ?? spec.ports[0];
  const names: Record<string, Folder[string]> = {
    'ami-id': plain(ec2Id('ami', guest.imageId)),
    'ami-launch-index': plain(String(guest.launchIndex)),
    // What Nova answers, word for word: there is no manifest, and clients know this one.
    'ami-manifest-path': plain('FIXME'),
    hostname: hostName,
    'instance-id': plain(ec2Id('i', spec.id)),
    'local-ipv4': plain(port?.addresses[0]?.address ?? ''),
    'reservation-id': plain(guest.reservationId),
    'security-groups': plain(guest.securityGroups.join('\n')),
  };
  // EC2 has the folder only for a server that was made with a key.
  if (guest.publicKeys.length > 0) names['public-keys'] = publicKeys(guest.publicKeys);
  if (since('2007-01-19')) {
    const outside = plain(guest.publicIpv4 ?? '');
    Object.assign(names, { 'local-hostname': hostName, 'public-hostname': hostName, 'public-ipv4': outside });
  }
  if (since('2007-08-29')) names['instance-type'] = plain(guest.flavorName);
  if (since('2007-12-15')) names['block-device-mapping'] = { ami: plain('vda'), root: plain('/dev/vda') };
  if (since('2008-02-01')) names['placement'] = { 'availability-zone': plain(guest.availabilityZone) };
  if (since('2008-09-01')) names['instance-action'] = plain('none');
  return { 'meta-data': sorted(names), 'user-data': userData(spec) };
}

/** Listed always, as EC2's clients expect; reading it is a 404 when there is none. */
function userData(spec: DesiredServerSpec): Folder[string] {
  return spec.guest.userData === null ? absent : plain(spec.guest.userData);
}

function publicKeys(keys: DesiredServerSpec['guest']['publicKeys']): Folder {
  return Object.fromEntries(
    keys.map(({ name, publicKey }, index) => [
      String(index),
      { [title]: plain(`${index}=${name}`), 'openssh-key': plain(publicKey) },
    ]),
  );
}

function sorted(folder: Folder): Folder {
  return Object.fromEntries(Object.entries(folder).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** EC2's form of an id, `i-` and 17 hexadecimal digits, from the end of ours, which is its random part. */
function ec2Id(kind: 'i' | 'ami', id: string): string {
  return `${kind}-${id.replaceAll('-', '').slice(-17)}`;
}

'use client';
import type { Limit } from '@unkai/contracts/quota';
import type { AvailabilityZone } from '@unkai/contracts/resources/availability-zone';
import type { Flavor } from '@unkai/contracts/resources/flavor';
import type { Image } from '@unkai/contracts/resources/image';
import type { KeyPair } from '@unkai/contracts/resources/key-pair';
import type { Network } from '@unkai/contracts/resources/network';
import type {
  SecurityGroup,
  SecurityGroupRule,
  SecurityGroupRuleCreate,
} from '@unkai/contracts/resources/security-group';
import { type ServerCreate, userDataMaxBytes } from '@unkai/contracts/resources/server';
import { useState } from 'react';
import { asPrefix } from '#resources/security-group.ts';
import { bySize, flavorReason, freeServerName, imageReason, parseMetadata } from '#resources/server-choice.ts';
import { ownPrefix, sshRuleFrom } from '#resources/ssh-rule.ts';

/** What the project can choose from. */
export type ServerOffer = {
  images: readonly Image[];
  flavors: readonly Flavor[];
  keyPairs: readonly KeyPair[];
  networks: readonly Network[];
  securityGroups: readonly SecurityGroup[];
  serverNames: readonly string[];
  zones: readonly AvailabilityZone[];
  /** Where the caller is, as the API sees it. */
  address: string | null;
  limits: readonly Limit[];
};

type ServerValues = {
  name: string;
  imageId: string;
  flavorId: string;
  keyPairNames: readonly string[];
  networkIds: readonly string[];
  securityGroupIds: readonly string[];
  allowsSsh: boolean;
  sshFrom: string;
  /** Empty: any. */
  availabilityZone: string;
  /** Empty: none. */
  serverGroupId: string;
  userData: string;
  description: string;
  metadata: string;
};

type ServerRequest = { projectId: string } & Pick<ServerCreate, 'name' | 'flavorId' | 'imageId'> &
  Partial<ServerCreate>;

/**
 * Whether SSH could be let in to the new server: by a rule that the group `target` would get, not at all without a group,
 * or `already` by a rule that is there.
 */
export type SshOffer = {
  target: SecurityGroup | undefined;
  already: SecurityGroupRule | undefined;
  /** The rule to add with the server; undefined when none is wanted or needed. */
  rule: SecurityGroupRuleCreate | undefined;
};

export type ServerDraft = {
  project: string;
  values: ServerValues;
  /** Whether anything is answered otherwise than it was at first. */
  isChanged: boolean;
  change: (values: Partial<ServerValues>) => void;
  image: Image | undefined;
  flavor: Flavor | undefined;
  userDataBytes: number;
  metadataError: string | undefined;
  ssh: SshOffer;
  /** What must be answered before it can be sent. */
  missing: string | undefined;
  request: ServerRequest | undefined;
};

/**
 * The answers that a new server begins with: the first image that boots, the smallest flavor that fits, all keys. The
 * default network and group of a project that shares its own are that project's, and are never chosen unasked.
 */
export function firstValues(project: string, offer: ServerOffer): ServerValues {
  const image = offer.images.find((candidate) => imageReason(candidate) === undefined);
  const flavor = bySize(offer.flavors).find((candidate) => flavorReason(candidate, image, offer.limits) === undefined);
  const withDefault = <Item extends { id: string; projectId: string; isDefault: boolean }>(items: readonly Item[]) =>
    items.filter(({ isDefault, projectId }) => isDefault && projectId === project).map(({ id }) => id);
  const defaultNetworks = withDefault(offer.networks);
  const own = ownPrefix(offer.address);
  return {
    name: freeServerName(offer.serverNames),
    imageId: image?.id ?? '',
    flavorId: flavor?.id ?? '',
    keyPairNames: offer.keyPairs.slice(0, 10).map(({ name }) => name),
    networkIds: defaultNetworks.length > 0 ? defaultNetworks : offer.networks.slice(0, 1).map(({ id }) => id),
    securityGroupIds: withDefault(offer.securityGroups),
    allowsSsh: own !== undefined,
    sshFrom: own ?? '',
    availabilityZone: '',
    serverGroupId: '',
    userData: '',
    description: '',
    metadata: '',
  };
}

/** The form's state and the request it makes. */
export function useServerDraft(project: string, offer: ServerOffer): ServerDraft {
  const [first] = useState(() => firstValues(project, offer));
  const [values, setValues] = useState(first);
  const image = offer.images.find(({ id }) => id === values.imageId);
  const flavor = offer.flavors.find(({ id }) => id === values.flavorId);
  const userDataBytes = new TextEncoder().encode(values.userData).length;
  const { metadata, error: metadataError } = parseMetadata(values.metadata);
  const ssh = sshOffer(project, values, offer.securityGroups);
  const missing = whatIsMissing(values, { image, flavor, userDataBytes, metadataError, ssh }, offer);
  const request: ServerRequest | undefined =
    image && flavor
      ? {
          projectId: project,
          name: values.name,
          imageId: image.id,
          flavorId: flavor.id,
          networkIds: [...values.networkIds],
          keyPairNames: [...values.keyPairNames],
          securityGroupIds: [...values.securityGroupIds],
          ...(values.availabilityZone !== '' && { availabilityZone: values.availabilityZone }),
          ...(values.serverGroupId !== '' && { serverGroupId: values.serverGroupId }),
          ...(values.userData !== '' && { userData: values.userData }),
          ...(values.description !== '' && { description: values.description }),
          ...(Object.keys(metadata).length > 0 && { metadata }),
        }
      : undefined;
  const change = (changed: Partial<ServerValues>) => setValues((present) => ({ ...present, ...changed }));
  const isChanged = JSON.stringify(values) !== JSON.stringify(first);
  return { project, values, isChanged, change, image, flavor, userDataBytes, metadataError, ssh, missing, request };
}

const anywhere = '0.0.0.0/0';

/** The rule goes into the first chosen group of the project itself: the rules of a shared one are its owner's. */
export function sshOffer(
  project: string,
  { securityGroupIds, allowsSsh, sshFrom }: Pick<ServerValues, 'securityGroupIds' | 'allowsSsh' | 'sshFrom'>,
  groups: readonly SecurityGroup[],
): SshOffer {
  const chosen = groups.filter(({ id }) => securityGroupIds.includes(id));
  const target = chosen.find(({ projectId }) => projectId === project);
  const isGiven = sshFrom.trim() !== '';
  const remotePrefix = isGiven ? asPrefix(sshFrom) : anywhere;
  const already = sshRuleFrom(chosen, remotePrefix);
  const isWanted = allowsSsh && isGiven && target !== undefined && already === undefined;
  const port = { portMin: 22, portMax: 22 };
  const rule = isWanted ? ({ direction: 'ingress', protocol: 'tcp', ...port, remotePrefix } as const) : undefined;
  return { target, already, rule };
}

type Resolved = Pick<ServerDraft, 'image' | 'flavor' | 'userDataBytes' | 'metadataError' | 'ssh'>;

function whatIsMissing(values: ServerValues, resolved: Resolved, offer: ServerOffer): string | undefined {
  if (values.name.trim() === '') return 'Give the server a name.';
  if (!resolved.image) return 'Choose an image.';
  if (!resolved.flavor) return 'Choose a size.';
  const unfit = flavorReason(resolved.flavor, resolved.image, offer.limits);
  if (unfit) return unfit;
  if (values.networkIds.length === 0) return 'Choose at least one network.';
  if (values.allowsSsh && resolved.ssh.target !== undefined && values.sshFrom.trim() === '') {
    return 'Write the address that SSH is allowed from.';
  }
  if (resolved.userDataBytes > userDataMaxBytes) return 'The start-up script is larger than 64 KiB.';
  return resolved.metadataError;
}

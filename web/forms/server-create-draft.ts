'use client';
import type { Limit } from '@unkai/contracts/quota';
import type { Flavor } from '@unkai/contracts/resources/flavor';
import type { Image } from '@unkai/contracts/resources/image';
import type { KeyPair } from '@unkai/contracts/resources/key-pair';
import type { Network } from '@unkai/contracts/resources/network';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { type ServerCreate, userDataMaxBytes } from '@unkai/contracts/resources/server';
import { useState } from 'react';
import { bySize, flavorReason, freeServerName, imageReason, parseMetadata } from '#resources/server-choice.ts';

/** What the project can choose from. */
export type ServerOffer = {
  images: readonly Image[];
  flavors: readonly Flavor[];
  keyPairs: readonly KeyPair[];
  networks: readonly Network[];
  securityGroups: readonly SecurityGroup[];
  serverNames: readonly string[];
  limits: readonly Limit[];
};

type ServerValues = {
  name: string;
  imageId: string;
  flavorId: string;
  keyPairNames: readonly string[];
  networkIds: readonly string[];
  securityGroupIds: readonly string[];
  userData: string;
  description: string;
  metadata: string;
};

type ServerRequest = { projectId: string } & Pick<ServerCreate, 'name' | 'flavorId' | 'imageId'> &
  Partial<ServerCreate>;

export type ServerDraft = {
  values: ServerValues;
  change: (values: Partial<ServerValues>) => void;
  image: Image | undefined;
  flavor: Flavor | undefined;
  userDataBytes: number;
  metadataError: string | undefined;
  /** What must be answered before it can be sent. */
  missing: string | undefined;
  request: ServerRequest | undefined;
};

/** The answers that a new server begins with: the first image that boots, the smallest flavor that fits, all keys. */
export function firstValues(offer: ServerOffer): ServerValues {
  const image = offer.images.find((candidate) => imageReason(candidate) === undefined);
  const flavor = bySize(offer.flavors).find((candidate) => flavorReason(candidate, image, offer.limits) === undefined);
  const withDefault = <Item extends { id: string; isDefault: boolean }>(items: readonly Item[]) =>
    items.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  const defaultNetworks = withDefault(offer.networks);
  return {
    name: freeServerName(offer.serverNames),
    imageId: image?.id ?? '',
    flavorId: flavor?.id ?? '',
    keyPairNames: offer.keyPairs.slice(0, 10).map(({ name }) => name),
    networkIds: defaultNetworks.length > 0 ? defaultNetworks : offer.networks.slice(0, 1).map(({ id }) => id),
    securityGroupIds: withDefault(offer.securityGroups),
    userData: '',
    description: '',
    metadata: '',
  };
}

/** The form's state and the request it makes. */
export function useServerDraft(project: string, offer: ServerOffer): ServerDraft {
  const [values, setValues] = useState(() => firstValues(offer));
  const image = offer.images.find(({ id }) => id === values.imageId);
  const flavor = offer.flavors.find(({ id }) => id === values.flavorId);
  const userDataBytes = new TextEncoder().encode(values.userData).length;
  const { metadata, error: metadataError } = parseMetadata(values.metadata);
  const missing = whatIsMissing(values, { image, flavor, userDataBytes, metadataError }, offer);
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
          ...(values.userData !== '' && { userData: values.userData }),
          ...(values.description !== '' && { description: values.description }),
          ...(Object.keys(metadata).length > 0 && { metadata }),
        }
      : undefined;
  const change = (changed: Partial<ServerValues>) => setValues((present) => ({ ...present, ...changed }));
  return { values, change, image, flavor, userDataBytes, metadataError, missing, request };
}

type Resolved = Pick<ServerDraft, 'image' | 'flavor' | 'userDataBytes' | 'metadataError'>;

function whatIsMissing(values: ServerValues, resolved: Resolved, offer: ServerOffer): string | undefined {
  if (values.name.trim() === '') return 'Give the server a name.';
  if (!resolved.image) return 'Choose an image.';
  if (!resolved.flavor) return 'Choose a size.';
  const unfit = flavorReason(resolved.flavor, resolved.image, offer.limits);
  if (unfit) return unfit;
  if (values.networkIds.length === 0) return 'Choose at least one network.';
  if (resolved.userDataBytes > userDataMaxBytes) return 'The start-up script is larger than 64 KiB.';
  return resolved.metadataError;
}

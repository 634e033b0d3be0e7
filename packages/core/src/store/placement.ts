import { notes } from '@unkai/contracts/primitives';
import { type QuotaName, quotaName } from '@unkai/contracts/quota';
import type { Placement, placementQuery } from '@unkai/contracts/resources/placement';
import type { Flavor, Image } from '@unkai/prisma/client';
import type { z } from 'zod';
import { grantedGlobally } from '../access.ts';
import type { Call } from '../call.ts';
import type { Database } from '../database/database.ts';
import { readCandidates } from '../placement/candidate.ts';
import { explain } from '../placement/explain.ts';
import { limits } from '../quota/quota.ts';
import { refuseField } from './refusal.ts';

type Query = z.infer<typeof placementQuery>;
const gib = 1024 ** 3;
const anyArchitecture = 'x86_64';

/**
 * Says for each host why it could or could not take such a server now, and what its project lacks. Takes nothing. Throws
 * `invalid_input` for an id that names nothing.
 */
export async function explainPlacement(call: Call, query: Query): Promise<Placement> {
  await grantedGlobally(call, 'placement:read');
  const { database } = call.core;
  const { flavor, image } = await findParts(database, query);
  // A server's disk is never smaller than its image.
  const imageGib = Math.ceil(Number(image?.virtualSizeBytes ?? 0) / gib);
  const needs = {
    vcpus: flavor.vcpus,
    memoryMib: flavor.memoryMib,
    diskGib: Math.max(flavor.diskGib, imageGib),
    architecture: image?.architecture ?? anyArchitecture,
  };
  const wishes = {
    projectId: query.projectId ?? null,
    extraSpecs: notes.catch({}).parse(flavor.extraSpecs),
    imageProperties: notes.catch({}).parse(image?.properties),
    group: null,
  };
  const { hostId = null, availabilityZone = null, imageId = null } = query;
  const [hosts, flavors] = await Promise.all([
    readCandidates(database.prisma, { imageId }),
    database.prisma.flavor.findMany({ where: { isPublic: true } }),
  ]);
  const told = explain(hosts, { ...needs, ...wishes, hostId, availabilityZone, imageId }, flavors);
  const project = await explainProject(database, query.projectId, { flavor, image });
  return { needs, ...told, project };
}

async function findParts({ prisma }: Database, query: Query) {
  const { flavorId, imageId, hostId, availabilityZone, projectId } = query;
  const [flavor, image, host, zone, project] = await Promise.all([
    prisma.flavor.findUnique({ where: { id: flavorId } }),
    imageId === undefined ? null : prisma.image.findUnique({ where: { id: imageId } }),
    hostId === undefined ? null : prisma.host.findUnique({ where: { id: hostId }, select: { id: true } }),
    availabilityZone === undefined
      ? null
      : prisma.host.findFirst({ where: { availabilityZone }, select: { id: true } }),
    projectId === undefined ? null : prisma.project.findUnique({ where: { id: projectId }, select: { id: true } }),
  ]);
  if (flavor === null) throw refuseField('flavorId', 'names no flavor', 'List flavors and choose one.');
  const rows = { imageId: image, hostId: host, availabilityZone: zone, projectId: project };
  const asked = new Map(Object.entries(query));
  for (const [field, row] of Object.entries(rows)) {
    if (row !== null || asked.get(field) === undefined) continue;
    throw refuseField(field, 'names nothing that is there', 'Leave it out, or choose another.');
  }
  return { flavor, image };
}

interface Parts {
  readonly flavor: Flavor;
  readonly image: Image | null;
}

async function explainProject(database: Database, projectId: string | undefined, parts: Parts) {
  if (projectId === undefined) return { denials: [], quotas: [] };
  const { flavor } = parts;
  const needs: Partial<Record<QuotaName, number>> = {
    servers: 1,
    vcpus: flavor.vcpus,
    memoryMib: flavor.memoryMib,
    ports: 1,
  };
  const quotas = (await limits(database, { projectId, userId: null })).flatMap(({ name, label, unit, used, limit }) => {
    const needed = needs[quotaName.parse(name)];
    if (needed === undefined) return [];
    return [{ name, label, unit, needed, used, limit, isEnough: used + needed <= limit }];
  });
  return { denials: await denialsOf(database, projectId, parts), quotas };
}

async function denialsOf({ prisma }: Database, projectId: string, { flavor, image }: Parts): Promise<string[]> {
  const access = { flavorId_projectId: { flavorId: flavor.id, projectId } };
  const mayUseFlavor = flavor.isPublic || (await prisma.flavorAccess.findUnique({ where: access })) !== null;
  const mayUseImage = image === null || image.visibility === 'public' || image.projectId === projectId;
  const isReady = image === null || image.state === 'active';
  return [
    ...(mayUseFlavor ? [] : [`The flavor ${flavor.name} is private, and this project was not given it.`]),
    ...(mayUseImage ? [] : [`The image ${image.name} is private and belongs to another project.`]),
    ...(isReady ? [] : [`The image ${image.name} is ${image.state}; servers are made from active ones.`]),
  ];
}

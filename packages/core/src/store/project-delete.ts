import type { Unit } from '../database.ts';
import { refuseInUse } from './refusal.ts';

/**
 * Deletes a project's row with its networks, ports and security groups. Throws `in_use` while it has projects below it,
 * servers or images.
 */
export async function removeProject({ tx }: Unit, id: string): Promise<void> {
  const few = { where: { projectId: id }, select: { id: true, name: true }, take: 20 } as const;
  const below = await tx.project.findMany({ ...few, where: { parentId: id } });
  const servers = await tx.server.findMany(few);
  const images = await tx.image.findMany(few);
  refuseInUse('The project', [
    ...below.map((each) => ({ field: each.id, message: `the project ${each.name} is below it` })),
    ...servers.map((each) => ({ field: each.id, message: `it has the server ${each.name}` })),
    ...images.map((each) => ({ field: each.id, message: `it has the image ${each.name}` })),
  ]);
  const guests = await tx.port.findMany({
    where: { network: { projectId: id }, projectId: { not: id } },
    select: { id: true, projectId: true, network: { select: { name: true } } },
    take: 20,
  });
  refuseInUse(
    'The project',
    guests.map((port) => ({
      field: port.id,
      message: `its network ${port.network.name} has a port of the project ${port.projectId}`,
    })),
  );
  const mine = { where: { projectId: id } };
  // Those of servers are gone with them.
  await tx.port.deleteMany(mine);
  await tx.network.deleteMany(mine);
  await tx.securityGroup.deleteMany(mine);
  await tx.project.delete({ where: { id } });
}

import { isOffered, type OfferedQuota, type QuotaName } from '@unkai/contracts/quota';
import { Prisma } from '@unkai/prisma/client';

/** Where is counted: in a project, and of what is a user's own, with whom. */
export interface QuotaPlace {
  readonly projectId: string | null;
  readonly userId: string | null;
}

type Rows = (place: QuotaPlace) => Prisma.Sql;
interface Count {
  readonly rows: Rows;
  readonly amount: Prisma.Sql;
}

// As a subquery, a value that the planner does not look at: with one that it does, projects of a few rows make it plan anew
// for each check, in the hope of a better plan than the one there is, which takes longer than to count a small project.
const ofPlace = (id: string | null) => Prisma.sql`(SELECT ${id}::uuid)`;

const inProject =
  (table: Prisma.Sql): Rows =>
  ({ projectId }) =>
    Prisma.sql`${table} WHERE project_id = ${ofPlace(projectId)}`;
const ofUser =
  (table: Prisma.Sql): Rows =>
  ({ userId }) =>
    Prisma.sql`${table} WHERE user_id = ${ofPlace(userId)}`;
const number = (rows: Rows): Count => ({ rows, amount: Prisma.sql`count(*)` });
const sum = (rows: Rows, column: Prisma.Sql): Count => ({ rows, amount: Prisma.sql`coalesce(sum(${column}), 0)` });

// One that has expired takes no room.
const openInvites: Rows = ({ projectId }) =>
  Prisma.sql`invite WHERE project_id = ${ofPlace(projectId)} AND state = 'pending' AND expires_at > now()`;
const servers = inProject(Prisma.sql`server`);
const images = inProject(Prisma.sql`image`);
// The largest of them: each group may have as many.
const groupSizes: Rows = ({ projectId }) => Prisma.sql`(SELECT count(*) AS members FROM server
  WHERE project_id = ${ofPlace(projectId)} AND server_group_id IS NOT NULL GROUP BY server_group_id) AS grouped`;
const rules = Prisma.sql`security_group_rule JOIN security_group ON security_group.id = security_group_id`;

// The index `port_counted` has this condition. On external networks those of other projects' routers and floating IPs are none of the network's project.
const ports: Rows = ({ projectId }) =>
  Prisma.sql`port WHERE project_id = ${ofPlace(projectId)} AND device_owner NOT IN ('network:router_gateway', 'network:floatingip')`;

/** How each quota is counted: from the rows themselves, so usage cannot drift from what is there (H8). */
const counted: Record<OfferedQuota, Count> = {
  servers: number(servers),
  vcpus: sum(servers, Prisma.sql`vcpus`),
  memoryMib: sum(servers, Prisma.sql`memory_mib`),
  serverGroups: number(inProject(Prisma.sql`server_group`)),
  serverGroupMembers: { rows: groupSizes, amount: Prisma.sql`coalesce(max(members), 0)` },
  images: number(images),
  imageBytes: sum(images, Prisma.sql`size_bytes`),
  networks: number(inProject(Prisma.sql`network`)),
  subnets: number(inProject(Prisma.sql`subnet`)),
  ports: number(ports),
  routers: number(inProject(Prisma.sql`router`)),
  floatingIps: number(inProject(Prisma.sql`floating_ip`)),
  securityGroups: number(inProject(Prisma.sql`security_group`)),
  securityGroupRules: number(inProject(rules)),
  qosPolicies: number(inProject(Prisma.sql`qos_policy`)),
  subnetPools: number(inProject(Prisma.sql`subnet_pool`)),
  addressScopes: number(inProject(Prisma.sql`address_scope`)),
  rbacPolicies: number(inProject(Prisma.sql`rbac_policy`)),
  webhooks: number(inProject(Prisma.sql`webhook`)),
  keyPairs: number(ofUser(Prisma.sql`key_pair`)),
  openInvites: number(openInvites),
  apiTokens: number(ofUser(Prisma.sql`api_token`)),
};

/**
 * Rows of name and amount used, one for each of `names`, of which there is at least one. What is of the same rows is
 * told in one pass over them, which for servers reads an index and no row of the table; of what is not offered there is
 * none.
 */
export function countedRows(place: QuotaPlace, names: readonly QuotaName[]): Prisma.Sql {
  const bySource = new Map<Rows, OfferedQuota[]>();
  for (const name of names.filter(isOffered)) {
    const { rows } = counted[name];
    bySource.set(rows, [...(bySource.get(rows) ?? []), name]);
  }
  const passes = [...bySource].map(([rows, together], index) => onePass(rows(place), together, index));
  const none = names
    .filter((name) => !isOffered(name))
    .map((name) => Prisma.sql`SELECT ${name} AS name, 0::bigint AS used`);
  return Prisma.join([...passes, ...none], ' UNION ALL ');
}

/** The same rows, of amounts that are known already. */
export function knownRows(names: readonly QuotaName[], known: ReadonlyMap<QuotaName, number>): Prisma.Sql {
  const rows = names.map((name) => Prisma.sql`(${name}, ${known.get(name) ?? 0}::bigint)`);
  return Prisma.sql`SELECT name, used FROM (VALUES ${Prisma.join(rows)}) AS known (name, used)`;
}

function onePass(rows: Prisma.Sql, names: readonly OfferedQuota[], index: number): Prisma.Sql {
  const pass = Prisma.raw(`pass_${index}`);
  const column = (at: number) => Prisma.raw(`amount_${at}`);
  const amounts = names.map((name, at) => Prisma.sql`(${counted[name].amount})::bigint AS ${column(at)}`);
  const told = names.map((name, at) => Prisma.sql`(${name}, ${pass}.${column(at)})`);
  return Prisma.sql`
    SELECT told.name, told.used
    FROM (SELECT ${Prisma.join(amounts)} FROM ${rows}) AS ${pass}
    CROSS JOIN LATERAL (VALUES ${Prisma.join(told)}) AS told (name, used)`;
}

import type { ServerCreate, ServerInterface } from '@unkai/contracts/resources/server';
import type { DB } from '@unkai/prisma/kysely';
import { type ExpressionBuilder, sql } from 'kysely';
import { refuseField, refuseInUse } from './refusal.ts';

/** What an interface of a new server is made from. */
export interface ServerInterfacePart {
  readonly network: { readonly id: string; readonly name: string; readonly hasPortSecurity: boolean };
  /** Null: the next free one. */
  readonly address: string | null;
  /** A port that is there already; null: one is made. */
  readonly port: FreePort | null;
  /** Where the caller named it. */
  readonly field: string;
}

interface FreePort {
  readonly id: string;
  readonly macAddress: string;
  readonly addresses: ReadonlyArray<{ readonly address: string }>;
}

interface FoundNetwork {
  readonly id: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly has_subnet: boolean;
  readonly has_port_security: boolean;
}

interface FoundPort {
  readonly id: string;
  readonly network_id: string;
  readonly network_name: string;
  readonly mac_address: string;
  readonly server_id: string | null;
  readonly addresses: readonly string[];
}

type Wanted = ServerCreate & { readonly projectId: string };

/** Ids of the networks that are named; undefined where the default one is meant. */
export function networkIdsOf({ networkIds, interfaces }: Wanted): string[] | undefined {
  return interfaces?.flatMap((each) => ('networkId' in each ? [each.networkId] : [])) ?? networkIds;
}

/** The ports that are named, of the project's own. */
export function portsQuery(query: ExpressionBuilder<DB, never>, { interfaces = [], projectId }: Wanted) {
  const ids = interfaces.flatMap((each) => ('portId' in each ? [each.portId] : []));
  return (
    query
      .selectFrom('port')
      .innerJoin('network', 'network.id', 'port.network_id')
      .select(['port.id', 'port.network_id', 'network.name as network_name', 'port.mac_address', 'port.server_id'])
      .select((port) =>
        sql<string[]>`ARRAY(
        SELECT address FROM port_address WHERE port_id = ${port.ref('port.id')}
        ORDER BY family(address::inet), address::inet)`.as('addresses'),
      )
      .where('port.project_id', '=', projectId)
      // Those of routers and floating IPs are theirs.
      .where('port.device_owner', '=', '')
      .where('port.id', '=', sql<string>`ANY(${ids}::uuid[])`)
  );
}

interface Found {
  readonly networks: readonly FoundNetwork[];
  readonly ports: readonly FoundPort[];
}

/** What the server's interfaces are made from. Throws `invalid_input` that names the one at fault, `in_use` for a port. */
export function chosenInterfaces(input: Wanted, found: Found): ServerInterfacePart[] {
  if (input.networkIds !== undefined && input.interfaces !== undefined) {
    throw refuseField('interfaces', 'give networkIds or interfaces, not both', 'Leave networkIds or interfaces out.');
  }
  const wanted = wantedInterfaces(input, found.networks);
  const parts = wanted.map(({ ask, field }) =>
    'portId' in ask ? portPart(ask.portId, field, found.ports) : networkPart(ask, field, found.networks),
  );
  for (const [index, { network, field }] of parts.entries()) {
    const isTwice = parts.findIndex((each) => each.network.id === network.id) !== index;
    if (isTwice) throw refuseField(field, `names the network ${network.name} twice`, 'Name each network once.');
  }
  return parts;
}

interface Ask {
  readonly ask: ServerInterface;
  readonly field: string;
}

function wantedInterfaces({ networkIds, interfaces }: Wanted, found: readonly FoundNetwork[]): Ask[] {
  if (interfaces !== undefined) {
    return interfaces.map((ask, index) => {
      const field = `interfaces.${index}.${'portId' in ask ? 'portId' : 'networkId'}`;
      return { ask, field };
    });
  }
  if (networkIds !== undefined) {
    return networkIds.map((networkId, index) => ({ ask: { networkId }, field: `networkIds.${index}` }));
  }
  const network = found.find(({ is_default }) => is_default);
  if (network !== undefined) return [{ ask: { networkId: network.id }, field: 'networkIds' }];
  throw refuseField('networkIds', 'is needed, since this project has no default network', 'Name one of its networks.');
}

function networkPart(
  { networkId, address }: { readonly networkId: string; readonly address?: string | undefined },
  field: string,
  found: readonly FoundNetwork[],
): ServerInterfacePart {
  const network = found.find(({ id }) => id === networkId);
  if (!network)
    throw refuseField(field, 'names no network of this project', 'Choose a network that this project may use.');
  if (!network.has_subnet) {
    throw refuseField(field, `names ${network.name}, which has no subnet`, 'Make a subnet in it.');
  }
  const { id, name, has_port_security: hasPortSecurity } = network;
  return { network: { id, name, hasPortSecurity }, address: address ?? null, port: null, field };
}

function portPart(portId: string, field: string, found: readonly FoundPort[]): ServerInterfacePart {
  const port = found.find(({ id }) => id === portId);
  if (port === undefined || port.addresses.length === 0)
    throw refuseField(field, 'names no port of this project', 'Choose a port of the project that has an address.');
  refuseInUse('The port', port.server_id === null ? [] : [{ field, message: 'a server has it' }]);
  const { mac_address: macAddress } = port;
  const addresses = port.addresses.map((address) => ({ address }));
  // Of a port that is there nothing is chosen any more.
  const network = { id: port.network_id, name: port.network_name, hasPortSecurity: true };
  return { network, address: null, port: { id: portId, macAddress, addresses }, field };
}

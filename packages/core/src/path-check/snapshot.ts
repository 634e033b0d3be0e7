import type { ServerState } from '@unkai/contracts/resources/server';

// What the walk looks at: plain facts, read once. Nothing here is asked of a host.

export interface PathAddress {
  readonly subnetId: string;
  readonly address: string;
}

interface PathServer {
  readonly id: string;
  readonly name: string;
  readonly state: ServerState;
  /** Whether its host answers; null while it has none. */
  readonly isHostUp: boolean | null;
}

export interface PathPort {
  readonly id: string;
  /** Its name or, where it has none, its address. */
  readonly name: string;
  readonly networkId: string;
  readonly server: PathServer | null;
  readonly isEnabled: boolean;
  readonly hasPortSecurity: boolean;
  readonly addresses: readonly PathAddress[];
  readonly securityGroupIds: readonly string[];
  /** What its host last said of the network, in words; null when it said nothing that is wrong. */
  readonly failure: string | null;
}

export interface PathSubnet {
  readonly id: string;
  readonly networkId: string;
  readonly name: string;
  readonly cidr: string;
  readonly gatewayAddress: string | null;
  readonly hostRoutes: readonly PathRoute[];
}

export interface PathRoute {
  readonly destination: string;
  readonly nextHop: string;
}

export interface PathNetwork {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** Its subnets' gateways are those of a data centre: external, or on one of its networks. */
  readonly isPhysical: boolean;
}

export interface PathRule {
  readonly direction: string;
  /** 4 or 6; undefined where a rule holds for both. */
  readonly family?: number | undefined;
  readonly protocol: string;
  readonly portMin: number | null;
  readonly portMax: number | null;
  readonly remotePrefix: string | null;
  readonly remoteGroupId: string | null;
}

export interface PathGroup {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly PathRule[];
}

export interface PathRouter {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** Whether the host that carries it answers; null while none does. */
  readonly isHostUp: boolean | null;
  readonly interfaces: readonly (PathAddress & { readonly networkId: string })[];
  readonly routes: readonly PathRoute[];
  readonly gateway: { readonly networkId: string; readonly address: string; readonly hasSnat: boolean } | null;
}

/** An outside address and what it leads to. */
export interface PathFloatingIp {
  readonly id: string;
  readonly address: string;
  /** Of a port as a whole; null where only some of its ports are led on, or it leads nowhere. */
  readonly target: { readonly portId: string; readonly fixedAddress: string } | null;
  readonly forwardings: readonly {
    readonly protocol: string;
    readonly externalPortMin: number;
    readonly externalPortMax: number;
    readonly internalPortMin: number;
    readonly portId: string;
    readonly fixedAddress: string;
  }[];
}

/** All that is known of a project's networks, and of those of others that it may use. */
export interface PathSnapshot {
  readonly ports: readonly PathPort[];
  readonly subnets: readonly PathSubnet[];
  readonly networks: readonly PathNetwork[];
  readonly groups: readonly PathGroup[];
  readonly routers: readonly PathRouter[];
  readonly floatingIps: readonly PathFloatingIp[];
}

/** Ids of what servers are made from. */
export interface Parts {
  readonly flavors: readonly [string, string];
  readonly images: readonly [string, string];
}

/** What its tests of networks need to know. */
export interface NetworkParts {
  /** The one that routers go out by. */
  readonly externalNetworkId: string;
  /** What the door says that it has. */
  readonly extensions: readonly string[];
}

export interface TempestPlace extends Parts {
  /** Null: of networks nothing is tested. */
  readonly network: NetworkParts | null;
  readonly url: string;
  readonly password: string;
  readonly workspace: string;
  /** How long a server may take to become what it is to be. */
  readonly buildTimeoutSeconds: number;
}

// What is not here yet is switched off, so that its tests are skipped, each with its reason.
const absent = [
  ...['resize', 'pause', 'suspend', 'shelve', 'snapshot', 'cold_migration', 'live_migration', 'rescue'],
  ...['interface_attach', 'config_drive', 'change_password', 'personality', 'enable_instance_password'],
];

const withoutNetworks = `[network-feature-enabled]
ipv6 = false
port_security = false
floating_ips = false
api_extensions = security-group`;

const networkPart = ({ externalNetworkId, extensions }: NetworkParts) => `[network]
public_network_id = ${externalNetworkId}
[network-feature-enabled]
ipv6 = true
ipv6_subnet_attributes = true
port_admin_state_change = true
port_security = true
floating_ips = true
api_extensions = ${extensions.join(',')}`;

/** `tempest.conf` for an installation with simulated hosts: nobody looks into a guest. */
export function tempestConfiguration(place: TempestPlace): string {
  const { url, password, workspace, flavors, images, network, buildTimeoutSeconds } = place;
  return `
[DEFAULT]
log_dir = ${workspace}/logs
[oslo_concurrency]
lock_path = ${workspace}
[auth]
use_dynamic_credentials = true
create_isolated_networks = false
default_credentials_domain_name = Default
admin_username = admin
admin_password = ${password}
admin_project_name = admin
admin_domain_name = Default
tempest_roles = member
[identity]
uri_v3 = ${url}/identity/v3
auth_version = v3
region = RegionOne
catalog_type = identity
admin_role = admin
default_domain_id = default
[identity-feature-enabled]
api_v2 = false
api_v2_admin = false
api_v3 = true
trust = true
project_tags = true
application_credentials = true
access_rules = true
[service_available]
cinder = false
swift = false
neutron = true
glance = true
nova = true
[compute]
image_ref = ${images[0]}
image_ref_alt = ${images[1]}
flavor_ref = ${flavors[0]}
flavor_ref_alt = ${flavors[1]}
build_interval = 1
build_timeout = ${buildTimeoutSeconds}
min_microversion = 2.1
max_microversion = 2.74
min_compute_nodes = 1
hypervisor_type = QEMU
[compute-feature-enabled]
console_output = true
vnc_console = true
disk_config = true
${absent.map((name) => `${name} = false`).join('\n')}
[image]
disk_formats = raw,qcow2
container_formats = bare
${network === null ? withoutNetworks : networkPart(network)}
[validation]
run_validation = false
`;
}

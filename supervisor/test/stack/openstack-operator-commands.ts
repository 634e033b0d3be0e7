// What people type of servers on networks, and operators of hosts, after `openstack`. They use what the commands of
// networks have made: the port net-named, the floating IP 192.168.201.209 and the router between them.
import type { Command } from './openstack-client-commands.ts';

const done = /^$/;
const made = 'server create --wait --flavor cli.small --image cli-image';

export const guestCommands: readonly Command[] = [
  { typed: `--os-compute-api-version 2.74 ${made} --host sim-3 --port net-named net-server`, says: /10\.83\.0\.51/ },
  { typed: 'server add floating ip net-server 192.168.201.209', says: done },
  { typed: 'server show net-server', says: /net-in=10\.83\.0\.51.*, 192\.168\.201\.209/ },
  { typed: 'floating ip list --port net-named', says: /192\.168\.201\.209 +\| 10\.83\.0\.51/ },
  { typed: 'server remove floating ip net-server 192.168.201.209', says: done },
  { typed: 'server add floating ip --fixed-ip-address 10.83.0.51 net-server 192.168.201.209', says: done },
  { typed: 'server add security group net-server default', says: done },
  { typed: 'server remove security group net-server default', says: done },
  { typed: 'port list --server net-server -f value -c Name', says: /^net-named$/ },
];

const aggregates: readonly Command[] = [
  {
    typed: 'aggregate create --zone cli-zone --property ssd=true cli-aggregate',
    says: /\| availability_zone +\| cli-zone/,
  },
  { typed: 'aggregate list --long', says: /cli-aggregate +\| cli-zone +\| ssd='true'/ },
  { typed: 'aggregate add host cli-aggregate sim-1', says: /sim-1/ },
  { typed: 'availability zone list --compute', says: /cli-zone +\| available/ },
  { typed: 'aggregate remove host cli-aggregate sim-1', says: /\| hosts +\| +\|/ },
  { typed: 'aggregate set --name cli-together --zone cli-other --property fast=yes cli-aggregate', says: done },
  { typed: 'aggregate unset --property ssd cli-together', says: done },
  { typed: 'aggregate show cli-together', says: /cli-other[\s\S]*\| properties +\| fast='yes'/ },
  { typed: 'aggregate set --no-property --property slow=no cli-together', says: done },
  { typed: 'aggregate list --long -f value -c Properties', says: /^\{'slow': 'no'\}$/ },
  { typed: 'aggregate delete cli-together', says: done },
];

const groups: readonly Command[] = [
  { typed: 'server group create --policy anti-affinity cli-apart', says: /\| policy +\| anti-affinity/ },
  { typed: 'server group create --policy soft-affinity cli-near', says: /soft-affinity/ },
  {
    typed:
      '--os-compute-api-version 2.64 server group create --policy anti-affinity --rule max_server_per_host=2 cli-pairs',
    says: /max_server_per_host='2'/,
  },
  { typed: 'server group list --long', says: /(?=[\s\S]*cli-apart)(?=[\s\S]*cli-near)/ },
  { typed: 'server group list --all-projects', says: /cli-pairs/ },
  { typed: 'server group show cli-apart', says: /\| members +\| +\|/ },
  { typed: 'server group delete cli-apart cli-near cli-pairs', says: done },
];

const hosts: readonly Command[] = [
  { typed: 'hypervisor list --long', says: /\| vCPUs +\|/i },
  { typed: 'hypervisor list --matching sim', says: /sim-2/ },
  { typed: 'hypervisor show sim-1', says: /\| hypervisor_hostname +\| sim-1/ },
  { typed: 'hypervisor stats show', says: /\| count +\| 3 / },
  { typed: 'availability zone list --long', says: /nova-compute/ },
  { typed: 'compute service list --service nova-compute --host sim-1 --long', says: /sim-1/ },
  { typed: 'host list --zone nova', says: /sim-1/ },
  { typed: 'host set --disable sim-1', says: done },
  { typed: 'compute service list --host sim-1', says: /disabled/ },
  { typed: 'host set --enable sim-1', says: done },
];

/** An operator says that a machine is off. */
export const deathCommands: readonly Command[] = [
  { typed: 'server list --long --host sim-3 -f value -c Name', says: /^net-server$/m },
  { typed: 'compute service set --down sim-3 nova-compute', says: done },
  { typed: 'compute service list --host sim-3', says: /down/ },
];

/** Its server has gone on elsewhere, and the machine comes back. */
export const returnCommands: readonly Command[] = [
  { typed: 'server list --long --host sim-2 -f value -c Name -c Status', says: /^net-server ACTIVE$/m, until: true },
  { typed: 'server event list net-server', says: /\| evacuate/ },
  { typed: 'compute service set --up sim-3 nova-compute', says: done },
  { typed: 'compute service list --host sim-3', says: /\| up /, until: true },
];

/** Its interfaces come and go while a server is off, and while it runs. */
export const interfaceCommands: readonly Command[] = [
  { typed: 'server stop net-server', says: done },
  { typed: 'server show net-server', says: /\| status +\| SHUTOFF/, until: true },
  { typed: 'server add network net-server net-vxlan', says: done },
  { typed: 'server show net-server', says: /net-vxlan=10\.78\.0\./ },
  { typed: 'server remove network net-server net-vxlan', says: done },
  { typed: 'server add fixed ip --fixed-ip-address 10.78.0.71 net-server net-vxlan', says: /10\.78\.0\.71/ },
  {
    typed: 'port create --network net-gre --fixed-ip subnet=net-gre4,ip-address=192.168.0.33 net-further',
    says: /DOWN/,
  },
  { typed: 'server add port net-server net-further', says: done },
  { typed: 'port list --server net-server --network net-gre -f value -c Name', says: /^net-further$/ },
  { typed: 'server start net-server', says: done },
  {
    typed: 'server show net-server',
    says: /(?=[\s\S]*ACTIVE)(?=[\s\S]*net-gre=192\.168\.0\.33)(?=[\s\S]*net-vxlan=10\.78\.0\.71)/,
    until: true,
  },
  { typed: 'server remove port net-server net-further', says: done },
  { typed: 'port show net-further', says: /\| device_id +\| +\|/, until: true },
  { typed: 'server add port net-server net-further', says: done },
  { typed: 'server event list net-server', says: /\| attach_interface[\s\S]*\| detach_interface/ },
  { typed: 'server stop net-server', says: done },
  { typed: 'server show net-server', says: /\| status +\| SHUTOFF/, until: true },
  { typed: 'server remove port net-server net-further', says: done },
  { typed: 'port show net-further', says: /\| device_id +\| +\|/ },
  { typed: 'port delete net-further', says: done },
  { typed: 'server delete --wait net-server', says: done },
];

/** While no host has servers: those stay in their zone. */
export const hostCommands: readonly Command[] = [...aggregates, ...groups, ...hosts];

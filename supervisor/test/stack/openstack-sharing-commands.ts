// What people type after `openstack` of ranges that subnets are cut out of, and of sharing with projects that are named.
import type { Command } from './openstack-client-commands.ts';

const done = /^$/;

/** The policy of this kind, which the client finds by its id alone, is handed to the command as `{policy}`. */
export const policyOf = 'network rbac list --type subnetpool --action access_as_shared -f value -c ID';

const ranges: readonly Command[] = [
  { typed: 'project create cut-friend', says: /cut-friend/ },
  { typed: 'address scope create --ip-version 4 --no-share cut-scope', says: /\| ip_version +\| 4/ },
  { typed: 'address scope create --ip-version 6 --share cut-scope6', says: /\| shared +\| True/ },
  { typed: 'address scope set --name cut-scoped cut-scope', says: done },
  { typed: 'address scope list --ip-version 4 -f value -c Name', says: /^cut-scoped$/ },
  { typed: 'address scope list --share --project admin -f value -c Name', says: /^cut-scope6$/ },
  { typed: 'address scope show cut-scoped', says: /\| shared +\| False/ },
  {
    typed:
      'subnet pool create --pool-prefix 10.96.0.0/16 --default-prefix-length 26 --min-prefix-length 20 --max-prefix-length 28 --address-scope cut-scoped --default-quota 1024 --description words --tag red cut-pool',
    says: /\| default_prefixlen +\| 26[\s\S]*\| default_quota +\| 1024/,
  },
  {
    typed: 'subnet pool create --pool-prefix fd00:96::/48 --default cut-pool6',
    says: /\| is_default +\| True/,
  },
  { typed: 'subnet pool set --pool-prefix 10.97.0.0/16 --name cut-pooled --tag blue cut-pool', says: done },
  {
    typed: 'subnet pool show cut-pooled',
    says: /10\.96\.0\.0\/16, 10\.97\.0\.0\/16[\s\S]*\| revision_number +\| \d+[\s\S]*blue, red/,
  },
  { typed: 'subnet pool list --long --name cut-pooled --tags blue', says: /10\.97\.0\.0\/16/ },
  { typed: 'subnet pool list --default --no-share -f value -c Name', says: /^cut-pool6$/ },
  { typed: 'subnet pool list --address-scope cut-scoped --project admin -f value -c Name', says: /^cut-pooled$/ },
  { typed: 'subnet pool unset --tag red cut-pooled', says: done },
  { typed: 'network create cut-net', says: /\| status +\| ACTIVE/ },
  {
    typed: 'subnet create --network cut-net --subnet-pool cut-pooled --prefix-length 27 cut-net4',
    says: /\| cidr +\| 10\.96\.0\.0\/27/,
  },
  {
    typed: 'subnet create --network cut-net --ip-version 6 --use-default-subnet-pool cut-net6',
    says: /\| cidr +\| fd00:96::\/64/,
  },
  { typed: 'network show cut-net', says: /\| ipv4_address_scope +\| [0-9a-f-]{36}/ },
  { typed: 'subnet list --subnet-pool cut-pooled -f value -c Subnet', says: /^10\.96\.0\.0\/27$/ },
  { typed: 'ip availability list', says: /cut-net +\| +28 \| +0/ },
  { typed: 'ip availability list --ip-version 6 --project admin', says: /cut-net/ },
  { typed: 'ip availability show cut-net', says: /cidr='10\.96\.0\.0\/27'.*total_ips='28'/ },
];

const sharing: readonly Command[] = [
  {
    typed: 'network rbac create --type network --action access_as_shared --target-project cut-friend cut-net',
    says: /\| object_type +\| network/,
  },
  {
    typed: 'network rbac create --type address_scope --action access_as_shared --target-project cut-friend cut-scoped',
    says: /\| object_type +\| address_scope/,
  },
  {
    typed: 'network rbac create --type subnetpool --action access_as_shared --target-project cut-friend cut-pooled',
    says: /\| target_project_id +\| [0-9a-f-]{36}/,
  },
  { typed: 'network rbac list --type address_scope --action access_as_shared --long', says: /access_as_shared/ },
  { typed: 'network rbac show {policy}', says: /\| object_type +\| subnetpool/ },
  { typed: 'network rbac set --target-project admin {policy}', says: done },
  { typed: 'network rbac delete {policy}', says: done },
  {
    typed: 'image create --disk-format raw --container-format bare --shared --file {folder}/disk.raw cut-image',
    says: /shared/,
  },
  { typed: 'image add project cut-image cut-friend', says: /\| status +\| pending/ },
  { typed: 'image member list cut-image', says: /pending/ },
  { typed: 'image remove project cut-image cut-friend', says: done },
];

const removal: readonly Command[] = [
  { typed: 'image delete cut-image', says: done },
  { typed: 'network delete cut-net', says: done },
  { typed: 'subnet pool delete cut-pooled cut-pool6', says: done },
  { typed: 'address scope delete cut-scoped cut-scope6', says: done },
  { typed: 'project delete cut-friend', says: done },
];

export const sharingCommands: readonly Command[] = [...ranges, ...sharing, ...removal];

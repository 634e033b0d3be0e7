// What people type after `openstack`, in the order in which they would.
export interface Command {
  /** As typed after `openstack`; `{folder}` is a folder of this run's own. */
  readonly typed: string;
  /** What its output must have. */
  readonly says: RegExp;
  /** It is typed again until it says so: what was asked for before goes on by itself. */
  readonly until?: true;
}

/** What servers are made from. */
export const partCommands: readonly Command[] = [
  { typed: 'flavor create --id 7001 --vcpus 1 --ram 128 --disk 1 cli.small', says: /\| id +\| 7001 / },
  { typed: 'flavor create --vcpus 2 --ram 256 --disk 0 --property a=b cli.auto', says: /\| properties +\| a='b'/ },
  { typed: 'flavor list', says: /cli\.small/ },
  { typed: 'flavor show cli.small', says: /\| ram +\| 128 / },
  { typed: 'keypair create --private-key {folder}/key cli-key', says: /SHA256:/ },
  { typed: 'keypair create --public-key {folder}/own.pub cli-own', says: /SHA256:/ },
  { typed: 'keypair list', says: /cli-own/ },
  {
    typed: 'image create --file {folder}/disk.raw --disk-format raw --container-format bare --public cli-image',
    says: /\| visibility +\| public/,
  },
  {
    typed: 'image create cli-qcow --file {folder}/disk.qcow2 --disk-format qcow2 --container-format bare',
    says: /cli-qcow/,
  },
  { typed: 'image list', says: /cli-image +\| active/ },
  { typed: 'image list --private', says: /cli-qcow +\| active/ },
  { typed: 'image set --property os_type=windows --tag red cli-image', says: /^$/ },
  { typed: 'image show cli-image', says: /os_type='windows'/ },
  { typed: 'image save --file {folder}/saved.raw cli-image', says: /^$/ },
  { typed: 'network create cli-net', says: /\| status +\| ACTIVE/ },
  {
    typed: 'subnet create --network cli-net --subnet-range 10.77.0.0/24 --dns-nameserver 8.8.8.8 cli-subnet',
    says: /10\.77\.0\.1 /,
  },
  { typed: 'subnet set --gateway 10.77.0.254 --name cli-sub --tag blue cli-subnet', says: /^$/ },
  { typed: 'subnet show cli-sub', says: /\| gateway_ip +\| 10\.77\.0\.254/ },
  { typed: 'network set --tag green --description words cli-net', says: /^$/ },
  { typed: 'network list --tags green', says: /cli-net/ },
  { typed: 'network show cli-net', says: /\| description +\| words/ },
  { typed: 'security group create cli-group', says: /cli-group/ },
  { typed: 'security group rule create --protocol tcp --dst-port 22 cli-group', says: /\| port_range_max +\| 22 / },
  { typed: 'security group rule create --protocol icmp cli-group', says: /\| protocol +\| icmp/ },
  { typed: 'security group rule list cli-group', says: /22:22/ },
  {
    typed:
      'port create --network cli-net --fixed-ip subnet=cli-sub,ip-address=10.77.0.50 --security-group cli-group cli-port',
    says: /ip_address='10\.77\.0\.50'/,
  },
  { typed: 'port set --description words --mac-address fa:16:3e:00:00:50 cli-port', says: /^$/ },
  { typed: 'port list --network cli-net', says: /fa:16:3e:00:00:50/ },
  { typed: 'port show cli-port', says: /\| status +\| DOWN/ },
];

const made = 'server create --wait --flavor cli.small --image cli-image';

/** Servers, in simulated guests, and what operators are told of them. */
export const serverCommands: readonly Command[] = [
  { typed: 'server list', says: /.*/ },
  {
    typed: `${made} --nic net-id=cli-net --security-group cli-group --key-name cli-key --user-data {folder}/main.sh cli-one`,
    says: /\| status +\| ACTIVE/,
  },
  { typed: `${made} --port cli-port cli-two`, says: /cli-net=10\.77\.0\.50/ },
  { typed: `${made} --nic net-id=cli-net,v4-fixed-ip=10.77.0.60 cli-three`, says: /cli-net=10\.77\.0\.60/ },
  { typed: `${made} --availability-zone nova::sim-2 --network cli-net cli-four`, says: /:host +\| sim-2/ },
  {
    typed: `--os-compute-api-version 2.74 ${made} --host sim-3 --nic none --tag blue cli-five`,
    says: /:host +\| sim-3/,
  },
  { typed: 'server list', says: /cli-one +\| ACTIVE/ },
  { typed: 'server show cli-one', says: /\| key_name +\| cli-key/ },
  { typed: 'console log show cli-one', says: /login:/ },
  { typed: 'console url show cli-one', says: /\/console/ },
  { typed: 'server add security group cli-two default', says: /^$/ },
  { typed: 'server remove security group cli-two cli-group', says: /^$/ },
  { typed: 'server set --property role=web --name cli-uno cli-one', says: /^$/ },
  { typed: 'server stop cli-uno', says: /^$/ },
  { typed: 'server list --status SHUTOFF', says: /cli-uno/, until: true },
  { typed: 'server start cli-uno', says: /^$/ },
  { typed: 'server show cli-uno', says: /\| status +\| ACTIVE/, until: true },
  { typed: 'server reboot --hard --wait cli-uno', says: /Complete/ },
  { typed: 'server event list cli-uno', says: /\| reboot/ },
  { typed: 'server list --all-projects --long', says: /sim-2/ },
  { typed: 'availability zone list --compute', says: /nova +\| available/ },
  { typed: 'hypervisor list', says: /QEMU/ },
  { typed: 'host list', says: /compute/ },
  { typed: 'host show sim-1', says: /\(total\)/ },
  { typed: 'compute service list', says: /nova-compute/ },
  { typed: 'compute service set --disable --disable-reason repair sim-1 nova-compute', says: /^$/ },
  { typed: 'compute service list --long', says: /repair/ },
  { typed: 'compute service set --enable sim-1 nova-compute', says: /^$/ },
  { typed: 'quota set --instances 30 --ports 50 --volumes 7 --gigabytes 70 --backups 3 admin', says: /^$/ },
  { typed: 'quota show admin', says: /\| gigabytes +\| 70 [\s\S]*\| instances +\| 30 [\s\S]*\| volumes +\| 7 / },
  { typed: 'quota list --volume -f value -c Volumes -c Gigabytes -c Backups', says: /^3 70 7$/m },
  { typed: 'quota set --class --snapshots 21 default', says: /^$/ },
  { typed: 'quota show --default', says: /\| ports +\| 100 [\s\S]*\| snapshots +\| 21 / },
  { typed: 'limits show --absolute', says: /(?=[\s\S]*totalInstancesUsed +\| +\d)(?=[\s\S]*maxTotalVolumes +\| +7 )/ },
  { typed: 'volume list', says: /^$/ },
  { typed: 'volume snapshot list', says: /^$/ },
  { typed: 'volume type list', says: /^$/ },
  { typed: 'project cleanup --dry-run --auth-project', says: /\| Type +\| ID/ },
];

export const partRemoval: readonly Command[] = [
  { typed: 'server delete --wait cli-uno cli-two cli-three cli-four cli-five', says: /^$/ },
  { typed: 'port show cli-port', says: /\| status +\| DOWN/ },
  { typed: 'port delete cli-port', says: /^$/ },
  { typed: 'security group delete cli-group', says: /^$/ },
  { typed: 'network delete cli-net', says: /^$/ },
  { typed: 'image delete cli-image cli-qcow', says: /^$/ },
  { typed: 'keypair delete cli-key cli-own', says: /^$/ },
  { typed: 'flavor delete cli.small cli.auto', says: /^$/ },
];

/** The older clients, each a program of its own, which ask for the same in the same words. */
export const olderCommands: readonly Command[] = [
  { typed: 'nova flavor-create older-flavor auto 128 1 1', says: /older-flavor/ },
  {
    typed: 'glance image-create --name older-image --disk-format raw --container-format bare --file {folder}/disk.raw',
    says: /\| status +\| active/,
  },
  { typed: 'neutron net-create older-net', says: /\| status +\| ACTIVE/ },
  {
    typed:
      'neutron subnet-create --name older-sub older-net 192.168.0.0/24 --gateway 192.168.0.1 --dns_nameservers list=true 8.8.8.8',
    says: /8\.8\.8\.8/,
  },
  {
    typed: 'nova boot --flavor older-flavor --image older-image --nic net-name=older-net --poll older-server',
    says: /100% complete/,
  },
  { typed: 'nova list', says: /older-server \| ACTIVE.+192\.168\.0\.3/ },
  { typed: 'nova delete older-server', says: /accepted/ },
  { typed: 'nova list', says: /^(?![\s\S]*older-server)/, until: true },
  { typed: 'neutron net-delete older-net', says: /Deleted/ },
  { typed: 'openstack image delete older-image', says: /^$/ },
  { typed: 'nova flavor-delete older-flavor', says: /^$/ },
];

/** Of identity: what is made first is used by what follows, and removed at the end. */
export const identityCommands: readonly Command[] = [
  { typed: 'token issue', says: /\| id +\| ukt_/ },
  { typed: 'catalog list', says: /nova +\| compute/ },
  { typed: 'domain create testdomain', says: /testdomain/ },
  { typed: 'domain list', says: /\| default +\| Default/ },
  { typed: 'project create --domain default --description words ptproject', says: /\| parent_id +\| default/ },
  { typed: 'project create --parent ptproject ptbelow', says: /ptbelow/ },
  { typed: 'project list', says: /ptproject/ },
  { typed: 'project show ptproject', says: /\| description +\| words/ },
  { typed: 'project set --tag red ptproject', says: /^$/ },
  { typed: 'project list --tags red', says: /ptproject/ },
  { typed: 'user create --domain default --project ptproject --password a-long-one ptuser', says: /ptuser/ },
  { typed: 'user list', says: /ptuser/ },
  { typed: 'user show --domain default ptuser', says: /\| domain_id +\| default/ },
  { typed: 'user set --email kim@example.org ptuser', says: /^$/ },
  { typed: 'group create --domain testdomain ptgroup', says: /ptgroup/ },
  { typed: 'group list', says: /ptgroup/ },
  { typed: 'role create ptrole', says: /ptrole/ },
  { typed: 'role list', says: /\| manager/ },
  { typed: 'role add --project ptproject --user ptuser ptrole', says: /^$/ },
  { typed: 'role add --project ptproject --user ptuser member', says: /^$/ },
  { typed: 'role add --project ptbelow --user ptuser member', says: /^$/ },
  { typed: 'role assignment list --names', says: /\| ptrole +\| ptuser@Default/ },
  { typed: 'role add --group ptgroup --group-domain testdomain --project ptproject member', says: /^$/ },
  { typed: 'group add user --group-domain testdomain ptgroup ptuser', says: /^$/ },
  { typed: 'group contains user --group-domain testdomain ptgroup ptuser', says: /ptuser in group ptgroup/ },
  { typed: 'role assignment list --effective --names --project ptproject', says: /\| reader +\| ptuser@Default/ },
  { typed: 'implied role create --implied-role reader ptrole', says: /\| implies +\| 0/ },
  { typed: 'implied role list', says: /ptrole/ },
  { typed: 'implied role delete --implied-role reader ptrole', says: /^$/ },
  { typed: 'service create --name swift object-store', says: /object-store/ },
  {
    typed: 'endpoint create --region RegionOne object-store public http://127.0.0.1:1/v1',
    says: /\| service_type +\| object-store/,
  },
  { typed: 'service list', says: /keystone/ },
  { typed: 'endpoint list', says: /\/identity\/v3/ },
  { typed: 'region list', says: /RegionOne/ },
  {
    typed: 'endpoint group create --description words ptgroup-all {folder}/public.json',
    says: /\| name +\| ptgroup-all/,
  },
  { typed: 'endpoint group set --name ptgroup-admin --filters {folder}/admin.json ptgroup-all', says: /^$/ },
  { typed: 'endpoint group list', says: /ptgroup-admin/ },
  { typed: 'endpoint group show ptgroup-admin', says: /\| filters +\| \{'interface': 'admin'\}/ },
  { typed: 'endpoint group add project ptgroup-admin ptproject', says: /^$/ },
  { typed: 'endpoint group list --project ptproject', says: /ptgroup-admin/ },
  { typed: 'endpoint group list --endpointgroup ptgroup-admin', says: /ptproject/ },
  { typed: 'endpoint group remove project ptgroup-admin ptproject', says: /^$/ },
  { typed: 'endpoint group delete ptgroup-admin', says: /^$/ },
  { typed: 'application credential create ptcredential', says: /\| secret/ },
  { typed: 'application credential list', says: /ptcredential/ },
  { typed: 'application credential delete ptcredential', says: /^$/ },
  {
    typed:
      'application credential create --access-rules [{"path":"/v2.1/servers","method":"GET","service":"compute"}] ptconfined',
    says: /v2\.1\/servers/,
  },
  { typed: 'access rule list', says: /compute +\| GET +\| \/v2\.1\/servers/ },
  { typed: 'application credential delete ptconfined', says: /^$/ },
  { typed: 'ec2 credentials create', says: /\| secret +\| [0-9a-f]{32} / },
  { typed: 'ec2 credentials list', says: /[0-9a-f]{32}/ },
  { typed: 'trust create --project admin --role member --impersonate admin ptuser', says: /\| impersonation +\| True/ },
  { typed: 'trust list', says: /True/ },
  { typed: 'registered limit create --service cinder --default-limit 5 things', says: /\| default_limit +\| 5 / },
  { typed: 'registered limit list --resource-name things', says: /things/ },
  {
    typed: 'limit create --service cinder --project ptproject --resource-limit 3 things',
    says: /\| resource_limit +\| 3 /,
  },
  { typed: 'limit list --project ptproject', says: /things/ },
];

/** What has no name: how its id is found, and what it is called where it is shown and deleted. */
export const identityNameless: ReadonlyArray<readonly [list: string, noun: string]> = [
  ['access rule list -f value -c ID', 'access rule'],
  ['ec2 credentials list -f value -c Access', 'ec2 credentials'],
  ['trust list -f value -c ID', 'trust'],
  ['limit list --project ptproject -f value -c ID', 'limit'],
  ['registered limit list --resource-name things -f value -c ID', 'registered limit'],
  ['endpoint list --service object-store -f value -c ID', 'endpoint'],
];

export const identityRemoval: readonly Command[] = [
  { typed: 'service delete object-store', says: /^$/ },
  { typed: 'role remove --project ptproject --user ptuser ptrole', says: /^$/ },
  { typed: 'project delete ptbelow', says: /^$/ },
  { typed: 'project delete ptproject', says: /^$/ },
  { typed: 'user delete ptuser', says: /^$/ },
  { typed: 'group delete --domain testdomain ptgroup', says: /^$/ },
  { typed: 'role delete ptrole', says: /^$/ },
  { typed: 'domain set --disable testdomain', says: /^$/ },
  { typed: 'domain delete testdomain', says: /^$/ },
];

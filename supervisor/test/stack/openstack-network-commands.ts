// What people type of networks after `openstack`, in the order in which they would. What is made first is used by what
// follows, also by the commands of servers, and removed at the end.
import type { Command } from './openstack-client-commands.ts';

const done = /^$/;

const networks: readonly Command[] = [
  {
    typed:
      'network create --share --external --provider-physical-network provider --provider-network-type flat net-out',
    says: /\| router:external +\| External/,
  },
  {
    typed:
      'subnet create --network net-out --allocation-pool start=192.168.201.200,end=192.168.201.210 --dns-nameserver 114.114.114.114 --gateway 192.168.201.1 --subnet-range 192.168.201.0/24 net-out',
    says: /\| allocation_pools +\| 192\.168\.201\.\d+-192\.168\.201\.210/,
  },
  {
    typed: 'network create --provider-network-type gre --provider-segment 1 net-gre',
    says: /\| provider:segmentation_id +\| 1 /,
  },
  { typed: 'network create --provider-network-type vxlan --provider-segment 77 net-vxlan', says: /\| 77 / },
  {
    typed:
      'network create --provider-network-type vlan --provider-physical-network provider --provider-segment 9 net-vlan',
    says: /\| provider:physical_network +\| provider/,
  },
  {
    typed:
      'network create --provider-network-type local --internal --no-share --mtu 1400 --description words net-local',
    says: /\| mtu +\| 1400/,
  },
  { typed: 'network set --mtu 1300 --share --name net-here --tag red --tag blue net-local', says: done },
  { typed: 'network show net-here', says: /\| mtu +\| 1300[\s\S]*\| shared +\| True[\s\S]*\| tags +\| blue, red/ },
  { typed: 'network unset --tag red net-here', says: done },
  { typed: 'network list --tags blue -f value -c Name', says: /^net-here$/ },
  { typed: 'network set --no-share --disable --disable-port-security net-here', says: done },
  { typed: 'network list --disable -f value -c Name', says: /^net-here$/ },
  { typed: 'network list --external -f value -c Name', says: /^net-out$/ },
  { typed: 'network list --provider-network-type vlan --long', says: /net-vlan/ },
  { typed: 'network list --provider-segment 77 -f value -c Name', says: /^net-vxlan$/ },
  {
    typed: 'network list --provider-physical-network provider -f value -c Name',
    says: /^(net-out\nnet-vlan|net-vlan\nnet-out)$/,
  },
  { typed: 'network list --name net-gre --project admin --internal --enable --status ACTIVE', says: /net-gre/ },
];

const subnets: readonly Command[] = [
  { typed: 'network create net-in', says: /\| router:external +\| Internal/ },
  {
    typed: 'subnet create --network net-in --subnet-range 10.83.0.0/24 net-in4',
    says: /\| gateway_ip +\| 10\.83\.0\.1 /,
  },
  {
    typed:
      'subnet create --network net-in --ip-version 6 --subnet-range fd00:83::/64 --ipv6-ra-mode slaac --ipv6-address-mode slaac net-in6',
    says: /\| ipv6_ra_mode +\| slaac/,
  },
  {
    typed:
      'subnet create --network net-gre --ip-version 6 --subnet-range fd00:79::/64 --ipv6-ra-mode dhcpv6-stateful --ipv6-address-mode dhcpv6-stateful --gateway fd00:79::fe --dns-nameserver fd00:79::53 net-gre6',
    says: /\| gateway_ip +\| fd00:79::fe/,
  },
  {
    typed:
      'subnet create --network net-gre --ip-version 6 --subnet-range fd00:7a::/64 --ipv6-ra-mode dhcpv6-stateless --ipv6-address-mode dhcpv6-stateless net-gre6s',
    says: /dhcpv6-stateless/,
  },
  {
    typed:
      'subnet create --network net-gre --gateway auto --subnet-range 192.168.0.0/24 --allocation-pool start=192.168.0.10,end=192.168.0.20 --allocation-pool start=192.168.0.30,end=192.168.0.40 net-gre4',
    says: /192\.168\.0\.\d+-192\.168\.0\.20,192\.168\.0\.30-192\.168\.0\.40/,
  },
  {
    typed:
      'subnet create --network net-vxlan --subnet-range 10.78.0.0/24 --no-dhcp --gateway none --host-route destination=10.9.0.0/16,gateway=10.78.0.9 --tag one net-vxlan4',
    says: /destination='10\.9\.0\.0\/16', gateway='10\.78\.0\.9'/,
  },
  {
    typed:
      'subnet set --dhcp --gateway 10.78.0.254 --dns-nameserver 9.9.9.9 --no-allocation-pool --allocation-pool start=10.78.0.50,end=10.78.0.60 --allocation-pool start=10.78.0.70,end=10.78.0.80 --host-route destination=10.10.0.0/16,gateway=10.78.0.9 --tag two net-vxlan4',
    says: done,
  },
  {
    typed: 'subnet show net-vxlan4',
    says: /10\.78\.0\.50-10\.78\.0\.60[\s\S]*\| 9\.9\.9\.9 [\s\S]*\| enable_dhcp +\| True[\s\S]*\| 10\.78\.0\.254 [\s\S]*10\.10\.0\.0\/16[\s\S]*one, two/,
  },
  {
    typed:
      'subnet unset --dns-nameserver 9.9.9.9 --host-route destination=10.10.0.0/16,gateway=10.78.0.9 --allocation-pool start=10.78.0.50,end=10.78.0.60 --gateway --tag one net-vxlan4',
    says: done,
  },
  { typed: 'subnet show net-vxlan4', says: /\| dns_nameservers +\| +\|[\s\S]*\| gateway_ip +\| None/ },
  { typed: 'subnet set --no-host-route --no-tag net-vxlan4', says: done },
  { typed: 'subnet list --ip-version 6 --network net-gre -f value -c Name', says: /^net-gre6s?\nnet-gre6s?$/ },
  { typed: 'subnet list --long --dhcp --subnet-range 10.83.0.0/24', says: /net-in4/ },
  { typed: 'subnet list --gateway 192.168.0.1 --name net-gre4 --project admin', says: /net-gre4/ },
];

const ports: readonly Command[] = [
  { typed: 'security group create --description words --tag red net-group', says: /\| stateful +\| True/ },
  { typed: 'security group set --name net-grouped --description others --stateful net-group', says: done },
  { typed: 'security group unset --tag red net-grouped', says: done },
  { typed: 'security group rule create --proto icmp net-grouped', says: /\| protocol +\| icmp/ },
  {
    typed:
      'security group rule create --protocol tcp --dst-port 80:90 --remote-ip 10.0.0.0/8 --description web net-grouped',
    says: /\| remote_ip_prefix +\| 10\.0\.0\.0\/8/,
  },
  {
    typed: 'security group rule create --protocol icmp --icmp-type 8 --icmp-code 0 net-grouped',
    says: /range_min +\| 8/,
  },
  { typed: 'security group rule create --ethertype IPv6 --protocol ipv6-icmp --egress net-grouped', says: /egress/ },
  { typed: 'security group rule create --remote-group net-grouped --protocol 112 net-grouped', says: /\| 112 / },
  { typed: 'security group rule list --ingress --protocol tcp --long net-grouped', says: /80:90/ },
  {
    typed:
      'port create --network net-in --fixed-ip subnet=net-in4,ip-address=10.83.0.50 --mac-address fa:16:3e:00:83:50 --description words --disable --security-group net-grouped --allowed-address ip-address=10.83.0.60 --allowed-address ip-address=10.83.0.61,mac-address=fa:16:3e:00:83:61 --extra-dhcp-option name=domain-name,value=example.org --tag red net-port',
    says: /\| admin_state_up +\| DOWN[\s\S]*10\.83\.0\.61[\s\S]*domain-name[\s\S]*fa:16:3e:00:83:50/,
  },
  {
    typed: 'port create --network net-in --vnic-type normal --no-security-group --disable-port-security net-open',
    says: /\| port_security_enabled +\| False/,
  },
  {
    typed:
      'port create --network net-in --fixed-ip subnet=net-in4,ip-address=10.83.0.71 --fixed-ip subnet=net-in4,ip-address=10.83.0.72 net-two',
    says: /10\.83\.0\.71[\s\S]*ip_address='10\.83\.0\./,
  },
  {
    typed:
      'port set --enable --no-fixed-ip --fixed-ip subnet=net-in4,ip-address=10.83.0.51 --no-allowed-address --extra-dhcp-option name=mtu,value=1400 --security-group default --name net-named --description others --tag blue net-port',
    says: done,
  },
  {
    typed: 'port show net-named',
    says: /\| UP [\s\S]*\| allowed_address_pairs +\| +\|[\s\S]*10\.83\.0\.51[\s\S]*blue, red/,
  },
  { typed: 'port create --network net-in --dns-name Net-Called net-called', says: /\| dns_name +\| net-called/ },
  { typed: 'port set --dns-name net-other net-called', says: done },
  { typed: 'port show net-called', says: /hostname='net-other'/ },
  { typed: 'port delete net-called', says: done },
  { typed: 'port unset --fixed-ip subnet=net-in4,ip-address=10.83.0.71 net-two', says: done },
  { typed: 'port unset --security-group default --tag red net-named', says: done },
  { typed: 'port set --no-security-group --disable-port-security net-named', says: done },
  { typed: 'port set --enable-port-security --security-group net-grouped --no-tag net-named', says: done },
  { typed: 'port list --fixed-ip subnet=net-in4 --network net-in --long', says: /net-named/ },
  { typed: 'port list --mac-address fa:16:3e:00:83:50 -f value -c Name', says: /^net-named$/ },
  { typed: 'port list --fixed-ip ip-address=10.83.0.51 --project admin --name net-named', says: /net-named/ },
];

const routers: readonly Command[] = [
  { typed: 'router create --enable --description words --tag red net-router', says: /\| distributed +\| False/ },
  {
    typed:
      'router create --external-gateway net-out --fixed-ip subnet=net-out,ip-address=192.168.201.205 --disable-snat net-plain',
    says: /"enable_snat": false.*"ip_address": "192\.168\.201\.205"/,
  },
  { typed: 'router set --external-gateway net-out --enable-snat --name net-routed --tag blue net-router', says: done },
  { typed: 'router add subnet net-routed net-in4', says: done },
  { typed: 'router add subnet net-routed net-in6', says: done },
  {
    typed: 'port create --network net-gre --fixed-ip subnet=net-gre4,ip-address=192.168.0.15 net-leg',
    says: /192\.168\.0\.15/,
  },
  { typed: 'router add port net-routed net-leg', says: done },
  { typed: 'router show net-routed', says: /"enable_snat": true[\s\S]*interfaces_info +\| .*"10\.83\.0\.1"/ },
  { typed: 'port list --router net-routed --device-owner network:router_interface', says: /192\.168\.0\.15/ },
  { typed: 'router set --route destination=10.200.0.0/16,gateway=10.83.0.9 net-routed', says: done },
  { typed: 'router add route --route destination=10.201.0.0/16,gateway=10.83.0.9 net-routed', says: /10\.201\.0\.0/ },
  { typed: 'router show net-routed', says: /10\.200\.0\.0\/16[\s\S]*10\.201\.0\.0\/16/ },
  {
    typed: 'router remove route --route destination=10.201.0.0/16,gateway=10.83.0.9 net-routed',
    says: /10\.200\.0\.0/,
  },
  { typed: 'router unset --route destination=10.200.0.0/16,gateway=10.83.0.9 net-routed', says: done },
  { typed: 'router show net-routed', says: /\| routes +\| +\|/ },
  { typed: 'router set --route destination=10.202.0.0/16,gateway=10.83.0.9 net-routed', says: done },
  { typed: 'router set --no-route --description others net-routed', says: done },
  { typed: 'router set --disable net-plain', says: done },
  { typed: 'router list --disable --long', says: /net-plain/ },
  { typed: 'router list --tags blue --name net-routed --project admin --enable', says: /net-routed/ },
  { typed: 'router unset --tag blue net-routed', says: done },
  { typed: 'router unset --external-gateway net-plain', says: done },
  { typed: 'router show net-plain', says: /\| external_gateway_info +\| null/ },
];

const floatingIps: readonly Command[] = [
  {
    typed:
      'floating ip create --subnet net-out --floating-ip-address 192.168.201.208 --description words --tag red net-out',
    says: /\| floating_ip_address +\| 192\.168\.201\.208/,
  },
  {
    typed:
      'floating ip create --floating-ip-address 192.168.201.209 --port net-named --fixed-ip-address 10.83.0.51 net-out',
    says: /\| fixed_ip_address +\| 10\.83\.0\.51 /,
  },
  { typed: 'floating ip set --port net-open --tag blue 192.168.201.208', says: done },
  { typed: 'floating ip show 192.168.201.208', says: /\| status +\| ACTIVE[\s\S]*'blue', 'red'/ },
  { typed: 'floating ip list --port net-open --long', says: /192\.168\.201\.208/ },
  { typed: 'floating ip list --fixed-ip-address 10.83.0.51 --network net-out -f value -c ID', says: /^[0-9a-f-]{36}$/ },
  { typed: 'floating ip list --router net-routed --status ACTIVE', says: /192\.168\.201\.208/ },
  { typed: 'floating ip unset --port --tag red 192.168.201.208', says: done },
  { typed: 'floating ip unset --port 192.168.201.209', says: done },
  { typed: 'floating ip list --status DOWN --tags blue --floating-ip-address 192.168.201.208', says: /None/ },
  {
    typed:
      'floating ip port forwarding create --internal-ip-address 10.83.0.72 --port net-two --internal-protocol-port 22 --external-protocol-port 2222 --protocol tcp --description words 192.168.201.208',
    says: /\| external_port +\| 2222/,
  },
  { typed: 'floating ip port forwarding list --protocol tcp 192.168.201.208', says: /2222/ },
  { typed: 'network agent list', says: /sim-1/ },
  { typed: 'network service provider list', says: /L3_ROUTER_NAT/ },
  { typed: 'extension list --network', says: /floating-ip-port-forwarding/ },
  { typed: 'extension show router', says: /\| alias +\| router/ },
  { typed: 'availability zone list --network --long', says: /nova +\| available/ },
];

const qos: readonly Command[] = [
  { typed: 'network qos policy create --description words net-limits', says: /\| shared +\| False/ },
  {
    typed: 'network qos rule create --type bandwidth-limit --max-kbps 10000 --max-burst-kbits 5000 --egress net-limits',
    says: /\| max_kbps +\| 10000/,
  },
  { typed: 'network qos rule create --type dscp-marking --dscp-mark 26 net-limits', says: /\| dscp_mark +\| 26/ },
  { typed: 'network qos rule list net-limits', says: /(?=[\s\S]*bandwidth_limit)(?=[\s\S]*dscp_marking)/ },
  { typed: 'network qos policy set --name net-limited --share net-limits', says: done },
  { typed: 'network qos policy list', says: /net-limited +\| True/ },
  { typed: 'network set --qos-policy net-limited net-in', says: done },
  { typed: 'port set --qos-policy net-limited net-named', says: done },
  { typed: 'port show net-named', says: /\| qos_policy_id +\| [0-9a-f-]{36}/ },
  { typed: 'port unset --qos-policy net-named', says: done },
  { typed: 'network set --no-qos-policy net-in', says: done },
  { typed: 'network qos policy delete net-limited', says: done },
];

export const networkCommands: readonly Command[] = [
  ...networks,
  ...subnets,
  ...ports,
  ...qos,
  ...routers,
  ...floatingIps,
];

export const networkRemoval: readonly Command[] = [
  { typed: 'floating ip delete 192.168.201.208 192.168.201.209', says: done },
  { typed: 'router remove port net-routed net-leg', says: done },
  { typed: 'port delete net-named net-open net-two', says: done },
  { typed: 'router remove subnet net-routed net-in6', says: done },
  { typed: 'router remove subnet net-routed net-in4', says: done },
  { typed: 'router unset --external-gateway net-routed', says: done },
  { typed: 'router delete net-routed net-plain', says: done },
  { typed: 'security group delete net-grouped', says: done },
  { typed: 'subnet delete net-gre6s net-vxlan4', says: done },
  { typed: 'network delete net-in net-gre net-vxlan net-vlan net-here net-out', says: done },
];

import { isIpv6, linkLocalAddress } from './ipv6.ts';
import {
  callerAddress,
  callerAddress6,
  type FlowPort,
  flow,
  metadataAddress,
  metadataAddress6,
  metadataGatewayMac,
  metadataTcpPort,
  ofport,
  serviceMac,
  table,
} from './layout.ts';

/**
 * A guest's way to the metadata service and back. The source is rewritten to an address that belongs to this port, so
 * the service knows its caller by where the packet came in, never by what the guest says of itself (A48); two tenants
 * with the same address are two callers.
 */
export function metadataFlows(port: FlowPort): string[] {
  const addresses = port.addresses.filter((address) => !isIpv6(address));
  return [...addresses.flatMap((address, index) => metadata4(port, address, index)), ...metadata6(port)];
}

function metadata4(port: FlowPort, address: string, index: number): string[] {
  const caller = callerAddress(port.ofport, index);
  return [
    flow(
      table.antiSpoof,
      130,
      `in_port=${port.ofport},tcp,dl_src=${port.macAddress},nw_src=${address},nw_dst=${metadataAddress},tp_dst=${metadataTcpPort}`,
      `set_field:${caller}->ip_src,${toService}`,
    ),
    flow(
      table.classify,
      100,
      `in_port=${ofport.metadata},tcp,nw_src=${metadataAddress},nw_dst=${caller},tp_src=${metadataTcpPort}`,
      `set_field:${address}->ip_dst,${toGuest(port)}`,
    ),
  ];
}

/** A guest asks a link-local address from its own one, which are the same in every network. */
function metadata6(port: FlowPort): string[] {
  const caller = callerAddress6(port.ofport);
  const own = linkLocalAddress(port.macAddress);
  const { guest, service } = metadataAddress6;
  return [
    flow(
      table.antiSpoof,
      130,
      `in_port=${port.ofport},tcp6,dl_src=${port.macAddress},ipv6_src=${own},ipv6_dst=${guest},tp_dst=${metadataTcpPort}`,
      `set_field:${caller}->ipv6_src,set_field:${service}->ipv6_dst,${toService}`,
    ),
    flow(
      table.classify,
      100,
      `in_port=${ofport.metadata},tcp6,ipv6_src=${service},ipv6_dst=${caller},tp_src=${metadataTcpPort}`,
      `set_field:${guest}->ipv6_src,set_field:${own}->ipv6_dst,${toGuest(port)}`,
    ),
  ];
}

const toService = `set_field:${metadataGatewayMac}->eth_src,set_field:${serviceMac}->eth_dst,output:${ofport.metadata}`;

const toGuest = ({ macAddress, ofport: own }: FlowPort) =>
  `set_field:${serviceMac}->eth_src,set_field:${macAddress}->eth_dst,output:${own}`;

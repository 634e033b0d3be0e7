import {
  callerAddress,
  type FlowPort,
  flow,
  metadataAddress,
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
  return port.addresses.flatMap((address, index) => {
    const caller = callerAddress(port.ofport, index);
    return [
      flow(
        table.antiSpoof,
        130,
        `in_port=${port.ofport},tcp,dl_src=${port.macAddress},nw_src=${address},nw_dst=${metadataAddress},tp_dst=${metadataTcpPort}`,
        `set_field:${caller}->ip_src,set_field:${metadataGatewayMac}->eth_src,set_field:${serviceMac}->eth_dst,output:${ofport.metadata}`,
      ),
      flow(
        table.classify,
        100,
        `in_port=${ofport.metadata},tcp,nw_src=${metadataAddress},nw_dst=${caller},tp_src=${metadataTcpPort}`,
        `set_field:${address}->ip_dst,set_field:${serviceMac}->eth_src,set_field:${port.macAddress}->eth_dst,output:${port.ofport}`,
      ),
    ];
  });
}

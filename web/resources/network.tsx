import type { Network } from '@unkai/contracts/resources/network';
import { Badge } from '#ui/badge.tsx';

/** How a network travels, for those who are told: `vlan 42 on provider`. */
export function providerWords({ provider }: Pick<Network, 'provider'>): string {
  if (provider === null) return '';
  const { type, segmentationId, physicalNetwork } = provider;
  const segment = segmentationId === null ? '' : ` ${segmentationId}`;
  return `${type}${segment}${physicalNetwork === null ? '' : ` on ${physicalNetwork}`}`;
}

/** What is special about a network, beside its name. */
export function NetworkBadges({ network }: { network: Network }) {
  const { isDefault, isExternal, isShared, isEnabled } = network;
  return (
    <>
      {isDefault && <Badge>default</Badge>}
      {isExternal && <Badge>external</Badge>}
      {isShared && <Badge>shared</Badge>}
      {!isEnabled && <Badge>switched off</Badge>}
    </>
  );
}

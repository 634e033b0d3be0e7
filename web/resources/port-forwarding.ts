import type { PortForwarding, portForwardingCreate } from '@unkai/contracts/resources/floating-ip';
import type { z } from 'zod';

type Request = Omit<z.input<typeof portForwardingCreate>, 'floatingIpId'>;

/** What a person wrote in the form of a port forwarding. */
export type ForwardingDraft = {
  protocol: PortForwarding['protocol'];
  /** A port or a range: `8080`, `8000-8010`. */
  outside: string;
  inside: string;
  target: { portId: string; fixedAddress: string };
  description: string;
};

export const emptyForwarding: ForwardingDraft = {
  protocol: 'tcp',
  outside: '',
  inside: '',
  target: { portId: '', fixedAddress: '' },
  description: '',
};

/** `8080`, or `8000-8010`. */
export const portRangeText = (first: number, last: number) => (first === last ? `${first}` : `${first}-${last}`);

/** The draft of a forwarding that is there. */
export function forwardingDraftOf(forwarding: PortForwarding): ForwardingDraft {
  const { protocol, portId, fixedAddress, description } = forwarding;
  return {
    protocol,
    outside: portRangeText(forwarding.externalPortMin, forwarding.externalPortMax),
    inside: portRangeText(forwarding.internalPortMin, forwarding.internalPortMax),
    target: { portId, fixedAddress },
    description,
  };
}

function portRangeIn(text: string): { first: number; last: number } | undefined {
  const found = /^\s*(\d{1,5})\s*(?:[-–]\s*(\d{1,5})\s*)?$/.exec(text);
  if (found?.[1] === undefined) return undefined;
  const first = Number(found[1]);
  return { first, last: found[2] === undefined ? first : Number(found[2]) };
}

/** Why a draft cannot be sent; undefined when it can. What ports there are and which are taken, the API says. */
export function whyNotForwarded({ outside, inside, target }: ForwardingDraft): string | undefined {
  if (target.portId === '' || outside === '' || inside === '') return 'Say which port leads to which.';
  const [out, into] = [portRangeIn(outside), portRangeIn(inside)];
  if (out === undefined || into === undefined) return 'Write a port as 8080, and a range as 8000-8010.';
  return out.last - out.first === into.last - into.first ? undefined : 'Both ranges must be equally long.';
}

/** What is asked of the API for a draft that `whyNotForwarded` has nothing against. */
export function forwardingOf({ protocol, outside, inside, target, description }: ForwardingDraft): Request {
  const [out, into] = [portRangeIn(outside), portRangeIn(inside)];
  const request: Request = {
    protocol,
    externalPortMin: out?.first ?? 0,
    externalPortMax: out?.last ?? 0,
    portId: target.portId,
    internalPortMin: into?.first ?? 0,
    internalPortMax: into?.last ?? 0,
    description,
  };
  if (target.fixedAddress !== '') request.fixedAddress = target.fixedAddress;
  return request;
}

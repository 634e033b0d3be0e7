import type { PathStep } from '@unkai/contracts/resources/path-check';
import { serverCan, serverStates } from '@unkai/contracts/resources/server';
import type { InsideEnd, Traffic } from './ends.ts';
import { allowingRule, missingRule, type Peer } from './rules.ts';
import type { PathPort, PathSnapshot } from './snapshot.ts';
import { passes, stops } from './step.ts';

const ofPort = ({ id, name }: PathPort) => ({ noun: 'port', id, name }) as const;
const placeOf = ({ name, server }: PathPort) => (server === null ? `port ${name}` : server.name);

/** Whether a port carries anything at all: its server runs, its host answers and has its network, it is switched on. */
export function portSteps({ networks }: PathSnapshot, { port, address }: InsideEnd): PathStep[] {
  const network = networks.find(({ id }) => id === port.networkId);
  return [serverStep(port), switchedOnStep(port, network), hostStep(port), addressStep(port, address)].filter(
    (step) => step !== undefined,
  );
}

function serverStep(port: PathPort): PathStep {
  const { server } = port;
  const title = server === null ? `Port ${port.name}` : `Server ${server.name}`;
  if (server === null) {
    const next = 'Make a server with this port, or ask about the port of one.';
    return stops({ title, detail: 'No server has this port.', concerned: ofPort(port), next });
  }
  const concerned = { noun: 'server', id: server.id, name: server.name } as const;
  if (serverCan.console(server)) return passes({ title, detail: serverStates[server.state], concerned });
  const next = serverCan.start(server) ? 'Start the server.' : 'Wait until it runs.';
  return stops({ title, detail: `It does not run: ${serverStates[server.state]}`, concerned, next });
}

function switchedOnStep(port: PathPort, network: PathSnapshot['networks'][number] | undefined): PathStep | undefined {
  if (network?.isEnabled === false) {
    const concerned = { noun: 'network', id: network.id, name: network.name } as const;
    const next = 'Switch the network on.';
    return stops({ title: `Network ${network.name}`, detail: 'The network is switched off.', concerned, next });
  }
  if (port.isEnabled) return undefined;
  const next = 'Switch the port on.';
  const told = { title: `Port ${port.name}`, concerned: ofPort(port), next };
  return stops({ ...told, detail: 'The port is switched off: it lets nothing through, either way.' });
}

function hostStep(port: PathPort): PathStep | undefined {
  // It is about the host, which a tenant cannot look at: to open the port would lead nowhere.
  const title = `Host of ${placeOf(port)}`;
  const mend = { kind: 'wait' } as const;
  if (port.server?.isHostUp === false) {
    const next = 'Wait until it answers again, or ask who operates this cloud.';
    return stops({ title, detail: 'The host does not answer.', next, mend });
  }
  if (port.failure === null) return undefined;
  const next = 'It is tried again by itself; ask who operates this cloud if it stays.';
  return stops({ title, detail: `The host could not set the network up: ${port.failure}`, next, mend });
}

function addressStep(port: PathPort, address: string | undefined): PathStep | undefined {
  if (address !== undefined) return undefined;
  const next = 'Give the port an address of a subnet.';
  return stops({ title: `Port ${port.name}`, detail: 'The port has no address.', concerned: ofPort(port), next });
}

interface RulesAsked {
  readonly direction: 'ingress' | 'egress';
  readonly port: PathPort;
  readonly peer: Peer;
  readonly traffic: Traffic;
}

/** `tcp 22`, `ping`. */
export function trafficWords({ protocol, port }: Traffic): string {
  if (protocol === 'icmp') return 'ping';
  return port === null ? protocol : `${protocol} ${port}`;
}

/** Whether the rules of a port's groups let such traffic pass, and the rule that is missing if not. */
export function rulesStep({ groups }: PathSnapshot, asked: RulesAsked): PathStep {
  const { port, direction, peer, traffic } = asked;
  const title = `Rules of ${placeOf(port)}`;
  if (!port.hasPortSecurity) {
    return passes({ title, detail: 'Port security is off: no rules are looked at.', concerned: ofPort(port) });
  }
  const own = groups.filter(({ id }) => port.securityGroupIds.includes(id));
  const [way, end] = direction === 'ingress' ? ['in', 'from'] : ['out', 'to'];
  const what = `${trafficWords(traffic)} ${way} ${end} ${peer.address ?? 'the internet'}`;
  const found = allowingRule({ ...asked, groups: own });
  if (found) {
    const { id, name } = found.group;
    return passes({ title, detail: `${name} lets ${what}.`, concerned: { noun: 'security-group', id, name } });
  }
  const [group] = own;
  if (group === undefined) {
    const next = 'Give the port a security group that has such a rule.';
    return stops({
      title,
      detail: `It has no security group, so nothing lets ${what}.`,
      concerned: ofPort(port),
      next,
    });
  }
  const { id, name } = group;
  const rule = missingRule({ direction, peer, traffic });
  return stops({
    title,
    detail: `No rule of ${own.map((each) => each.name).join(', ')} lets ${what}.`,
    concerned: { noun: 'security-group', id, name },
    next: `Add the rule to ${name}: it holds for every server in that group, at once.`,
    mend: { kind: 'rule', securityGroupId: id, name, rule },
  });
}

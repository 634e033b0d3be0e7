import type { Host } from '@unkai/contracts/resources/host';
import { allows } from '@unkai/core/access';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import { everything } from '../paging.ts';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields } from './collection.ts';

// One program on a host does what Neutron has several for: it switches, answers DHCP and carries routers. It is told once,
// as the agent that every Neutron has on every host, and it is
// removed as the host that it is.

const seconds = (time: string) => time.slice(0, 19).replace('T', ' ');

function agentView(host: Host) {
  return {
    id: host.id,
    agent_type: 'Open vSwitch agent',
    binary: 'unkai-hostagent',
    topic: 'N/A',
    host: host.name,
    availability_zone: host.availabilityZone,
    admin_state_up: host.isEnabled,
    alive: host.isUp,
    description: host.disabledReason ?? '',
    created_at: seconds(host.createdAt),
    started_at: seconds(host.createdAt),
    heartbeat_timestamp: seconds(host.lastHeartbeatAt),
    resources_synced: null,
    configurations: { physical_networks: host.facts.physicalNetworks },
  };
}

/** Who may not know of hosts sees none. */
async function list(asked: Asked): Promise<Answer> {
  if (!allows(asked.call.actor, 'host:read', null)) return { status: 200, body: { agents: [] } };
  const hosts = await everything((page) => asked.operations.host.list(page));
  return listAnswer(asked, 'agents', hosts.map(agentView));
}

const idOf = (asked: Asked) => asked.id('agent', 'host');

async function show(asked: Asked): Promise<Answer> {
  const view = agentView(await asked.operations.host.get({ id: idOf(asked) }));
  return { status: 200, body: { agent: onlyFields(view, asked.query) } };
}

const change = z.strictObject({
  agent: z.strictObject({ admin_state_up: z.boolean().optional(), description: z.string().max(255).optional() }),
});

/** One that is switched off takes nothing new; what it has goes on. */
async function update(asked: Asked): Promise<Answer> {
  const { agent } = await asked.body(change);
  const { admin_state_up: isEnabled, description } = agent;
  if (description !== undefined && isEnabled !== false) {
    throw refuseField(
      'description',
      'goes with admin_state_up false, as its reason',
      'Leave it out, or send admin_state_up false with it.',
    );
  }
  const changed = await asked.operations.host.update({
    id: idOf(asked),
    ...(isEnabled !== undefined && { isEnabled }),
    ...(description !== undefined && { disabledReason: description }),
  });
  return { status: 200, body: { agent: agentView(changed) } };
}

export const agentRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/agents', answer: list },
  { method: 'GET', path: '/v2.0/agents/:agent', answer: show },
  { method: 'PUT', path: '/v2.0/agents/:agent', answer: update },
];

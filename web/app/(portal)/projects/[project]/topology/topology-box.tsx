'use client';
import { serverCan } from '@unkai/contracts/resources/server';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Cloud, EthernetPort, Layers, Network, Router, Server } from 'lucide-react';
import Link from 'next/link';
import { ServerStateBadge } from '#resources/server.tsx';
import type { TopologyNode } from '#resources/topology.ts';
import { classes } from '#ui/classes.ts';
import { paths } from '../../../../../paths.ts';

export type TopologyBoxData = { project: string; node: TopologyNode; onOpen: () => void };

const icons = { outside: Cloud, router: Router, network: Network, server: Server, group: Layers, port: EthernetPort };
const shape =
  'nopan flex h-12 w-56 items-center gap-2.5 rounded-control border bg-surface px-3 text-left transition-colors hover:border-ink-faint hover:bg-raised';

/** One thing of the picture: a link to its page, or a button that opens a group. */
export function TopologyBox({ data: { project, node, onOpen } }: NodeProps<Node<TopologyBoxData>>) {
  const href = hrefOf(project, node);
  const look = classes(shape, node.kind === 'network' && 'border-accent');
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="opacity-0" />
      {href === undefined ? (
        <button type="button" onClick={onOpen} aria-label={`Show ${node.label} one by one`} className={look}>
          <Words node={node} />
        </button>
      ) : (
        <Link href={href} className={look}>
          <Words node={node} />
        </Link>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} className="opacity-0" />
    </>
  );
}

function Words({ node: { kind, label, note, state } }: { node: TopologyNode }) {
  const Icon = icons[kind];
  return (
    <>
      <Icon
        aria-hidden
        size={16}
        className={kind === 'network' ? 'shrink-0 text-accent-ink' : 'shrink-0 text-ink-muted'}
      />
      <span className="grid min-w-0 grow">
        <span className="truncate font-medium text-table">{label}</span>
        <span className="numeric truncate text-ink-muted text-meta">{note}</span>
      </span>
      {state !== undefined && !serverCan.stop({ state }) && <ServerStateBadge state={state} />}
    </>
  );
}

function hrefOf(project: string, { target }: TopologyNode): string | undefined {
  if (target === null) return undefined;
  const { noun, id } = target;
  if (noun === 'network') return paths.network({ project, network: id });
  if (noun === 'server') return paths.server({ project, server: id });
  return noun === 'router' ? paths.router({ project, router: id }) : paths.port({ project, port: id });
}

'use client';
import '@xyflow/react/dist/base.css';
import { type Edge, Panel as FlowPanel, type Node, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type TopologyThings, topologyOf } from '#resources/topology.ts';
import { IconButton } from '#ui/button.tsx';
import { TopologyBox, type TopologyBoxData } from './topology-box.tsx';

type TopologyPictureProps = { project: string; things: TopologyThings };

const nodeTypes = { box: TopologyBox };
// The library's own lines and ground, in the colours of this portal.
const colours = '[--xy-edge-stroke:var(--color-line-strong)] [--xy-background-color:transparent]';

/** Networks and what is on them, drawn; everything in it is a link or a button in the order of the table. */
export function TopologyPicture(props: TopologyPictureProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

function Drawing({ project, things }: TopologyPictureProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const flow = useReactFlow();
  const { nodes, edges } = useMemo(() => {
    const open = (id: string) => setOpened((present) => new Set([...present, id]));
    return drawn(project, topologyOf(things, opened), open);
  }, [project, things, opened]);
  return (
    <section
      aria-label="Picture"
      className={`relative h-[28rem] overflow-hidden rounded-panel border bg-surface ${colours}`}
      onFocus={({ target }) => {
        // What the keyboard reaches comes into view.
        const id = target.closest('.react-flow__node')?.getAttribute('data-id');
        if (id && target.matches(':focus-visible')) void flow.fitView({ nodes: [{ id }], maxZoom: 1, duration: 0 });
      }}
    >
      <ReactFlow
        // Another number of boxes wants another view.
        key={`${nodes.length} ${opened.size}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1, minZoom: 0.35 }}
        minZoom={0.1}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        // The wheel belongs to the page.
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      >
        <ZoomButtons />
      </ReactFlow>
    </section>
  );
}

function ZoomButtons() {
  const flow = useReactFlow();
  return (
    <FlowPanel position="top-right" className="flex rounded-control border bg-surface">
      <IconButton aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
        <ZoomIn aria-hidden size={15} />
      </IconButton>
      <IconButton aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
        <ZoomOut aria-hidden size={15} />
      </IconButton>
      <IconButton aria-label="Show all of it" onClick={() => void flow.fitView({ padding: 0.12, maxZoom: 1 })}>
        <Maximize aria-hidden size={15} />
      </IconButton>
    </FlowPanel>
  );
}

type Drawn = { nodes: Node<TopologyBoxData>[]; edges: Edge[] };

function drawn(project: string, { nodes, edges }: ReturnType<typeof topologyOf>, open: (id: string) => void): Drawn {
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      type: 'box',
      position: { x: node.x, y: node.y },
      // Clicks go to the link inside.
      style: { pointerEvents: 'all' },
      data: { project, node, onOpen: () => open(node.id) },
    })),
    edges: edges.map(({ id, from, to }) => ({ id, source: from, target: to, type: 'default' })),
  };
}

'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { type PathProtocol, pathProtocol } from '@unkai/contracts/resources/path-check';
import { ArrowLeftRight } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { PathSteps } from '#resources/path-steps.tsx';
import { portName } from '#resources/port.ts';
import { usePortPlace } from '#resources/port-table.tsx';
import { LiveBadge, useAddressValue } from '#table/filters.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { Field } from '#ui/field.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Select } from '#ui/select.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

const docs = (
  <DocsPopover title="Path check">
    Walks the way of a packet through what this cloud knows: servers, ports, rules, routers, floating IPs. Nothing is
    sent, and what a guest itself refuses is not seen.
  </DocsPopover>
);

/** Why can A not reach B? The answer, step by step, with what would mend it. */
export function PathCheckPage({ project }: { project: string }) {
  const trpc = useTRPC();
  const [from, setFrom] = useAddressValue('from');
  const [to, setTo] = useAddressValue('to');
  const [protocol, setProtocol] = useAddressValue('protocol');
  const [port, setPort] = useAddressValue('port');
  const asked = pathProtocol.catch('tcp').parse(protocol);
  const isAsked = from !== '' && to !== '';
  const hasPort = asked !== 'icmp' && port.trim() !== '';
  const query = { projectId: project, from, to, protocol: asked, ...(hasPort && { port: Number(port) || 0 }) };
  const check = useQuery(
    trpc.pathCheck.explain.queryOptions(isAsked ? query : skipToken, { placeholderData: (before) => before }),
  );
  const swap = () => {
    setFrom(to);
    setTo(from);
  };
  return (
    <>
      <PageHeader
        title="Path check"
        summary="Whether one thing can reach another, and what stands in the way."
        actions={docs}
      />
      <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <Panel title="Question">
          <div className="grid gap-4">
            <EndChoice project={project} label="From" name="from" value={from} onChange={setFrom} />
            <EndChoice project={project} label="To" name="to" value={to} onChange={setTo} />
            <TrafficFields protocol={asked} setProtocol={setProtocol} port={port} setPort={setPort} />
            <div>
              <Button icon={<ArrowLeftRight aria-hidden size={14} />} onClick={swap}>
                Swap ends
              </Button>
            </div>
          </div>
        </Panel>
        <section aria-label="Answer" aria-live="polite" className="grid min-w-0 gap-3">
          {!isAsked && <Hint />}
          {isAsked && check.error && <ProblemNote problem={problemOf(check.error)} />}
          {isAsked && check.isPending && <Skeleton className="h-64" />}
          {isAsked && !check.error && check.data && <PathSteps project={project} check={check.data} />}
          {isAsked && <LiveBadge />}
        </section>
      </div>
    </>
  );
}

function Hint() {
  return (
    <p className="rounded-panel border border-dashed bg-surface px-4 py-14 text-center text-ink-muted">
      Choose both ends, and every step between them is told here.
    </p>
  );
}

type TrafficFieldsProps = {
  protocol: PathProtocol;
  setProtocol: (protocol: PathProtocol) => void;
  port: string;
  setPort: (port: string) => void;
};

function TrafficFields({ protocol, setProtocol, port, setPort }: TrafficFieldsProps) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SegmentedControl<PathProtocol>
        label="Protocol"
        value={protocol}
        onChange={setProtocol}
        options={[
          { value: 'tcp', label: 'TCP' },
          { value: 'udp', label: 'UDP' },
          { value: 'icmp', label: 'Ping' },
        ]}
      />
      {protocol !== 'icmp' && (
        <div className="w-28">
          <Field
            label="Port"
            name="port"
            value={port}
            onChange={setPort}
            inputMode="numeric"
            placeholder="22"
            isMono
            isOptional
          />
        </div>
      )}
    </div>
  );
}

type EndChoiceProps = {
  project: string;
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
};

const other = 'address';

/** A server, a port that no server has, the internet, or any address. */
function EndChoice({ project, label, name, value, onChange }: EndChoiceProps) {
  const trpc = useTRPC();
  const { servers } = usePortPlace(project);
  const { data: ports } = useQuery(trpc.port.list.queryOptions({ projectId: project, limit: 1000 }));
  const known = [
    { value: 'internet', label: 'The internet' },
    ...servers.map((server) => ({ value: server.id, label: server.name })),
    ...(ports?.items ?? []).map((port) => {
      const server = servers.find(({ id }) => id === port.serverId)?.name;
      return { value: port.id, label: `Port ${portName(port)}${server === undefined ? '' : ` of ${server}`}` };
    }),
  ];
  const isOther = value !== '' && !known.some((option) => option.value === value);
  return (
    <div className="grid gap-2">
      <Select
        label={label}
        name={name}
        value={isOther ? other : value}
        onChange={(chosen) => onChange(chosen === other ? '0.0.0.0' : chosen)}
        options={[{ value: '', label: 'Choose…' }, ...known, { value: other, label: 'An address…' }]}
      />
      {isOther && (
        <Field label={`${label}: address`} name={`${name}Address`} value={value} onChange={onChange} isMono />
      )}
    </div>
  );
}

'use client';
import type { Placement, PlacementHost } from '@unkai/contracts/resources/placement';
import { type Column, Table } from '#table/table.tsx';
import { count, memory } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Panel } from '#ui/panel.tsx';
import { StateBadge } from '#ui/state-badge.tsx';

const gib = (amount: number) => `${amount.toLocaleString('en')} GiB`;

const columns: readonly Column<PlacementHost>[] = [
  {
    header: 'Answer',
    cell: ({ rank }) => {
      if (rank === null) return <StateBadge tone="bad" word="no" />;
      return <StateBadge tone="ok" word={rank === 1 ? 'would be chosen' : `choice ${rank}`} />;
    },
    sortBy: ({ rank }) => rank ?? Number.MAX_SAFE_INTEGER,
    isPhoneAside: true,
  },
  {
    header: 'What speaks against it',
    cell: ({ reasons }) => <span className="block min-w-56 text-ink-muted">{reasons.join('; ') || 'nothing'}</span>,
  },
  { header: 'Zone', cell: ({ availabilityZone }) => availabilityZone, isMinor: true },
  {
    header: 'vCPU free',
    cell: ({ room }) => <span className="numeric">{room.vcpus}</span>,
    sortBy: ({ room }) => room.vcpus,
    align: 'end',
    isMinor: true,
  },
  {
    header: 'Memory free',
    cell: ({ room }) => <span className="numeric">{memory(room.memoryMib)}</span>,
    sortBy: ({ room }) => room.memoryMib,
    align: 'end',
    isMinor: true,
  },
  {
    header: 'Disk free',
    cell: ({ room }) => <span className="numeric">{gib(room.diskGib)}</span>,
    sortBy: ({ room }) => room.diskGib,
    align: 'end',
    isMinor: true,
  },
];

/** What placement says: the outcome in a sentence, the reasons counted, and each host by itself. */
export function PlacementAnswer({ told, hasProject }: { told: Placement; hasProject: boolean }) {
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Outcome told={told} />
        <Panel title="The project itself" note={hasProject ? undefined : 'none chosen'}>
          <ProjectAnswer project={told.project} hasProject={hasProject} />
        </Panel>
      </div>
      <Table
        label="Hosts"
        nameHeader="Host"
        columns={columns}
        items={told.hosts}
        nameAside={({ hasImage }) => hasImage && <Badge>has the image</Badge>}
        phoneNote={({ reasons }) => reasons.join('; ') || 'nothing speaks against it'}
        noMatch="No host has joined yet."
      />
    </>
  );
}

function Outcome({ told }: { told: Placement }) {
  const { needs, refusal, reasons, hosts } = told;
  const open = hosts.filter(({ rank }) => rank !== null);
  const words = `${needs.vcpus} vCPU, ${memory(needs.memoryMib)}, ${gib(needs.diskGib)} of disk`;
  return (
    <Panel title="Outcome" note={words}>
      <div aria-live="polite">
        {refusal === null ? (
          <p>
            <StateBadge tone="ok" word={`${open.length} of ${count(hosts.length, 'host')} can take it`} />
          </p>
        ) : (
          <div className="grid gap-1">
            <StateBadge tone="bad" word="No host can take it" />
            <p className="text-ink-muted text-table">Its owner would read: {refusal}</p>
          </div>
        )}
      </div>
      {reasons.length > 0 && (
        <ul aria-label="Reasons" className="mt-3 grid gap-1 text-table">
          {reasons.map(({ reason, hosts: names }) => (
            <li key={reason}>
              <span className="numeric">{names.length}</span> × {reason}:{' '}
              <span className="break-words text-ink-muted">{names.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ProjectAnswer({ project, hasProject }: { project: Placement['project']; hasProject: boolean }) {
  if (!hasProject) {
    return <p className="text-ink-muted text-table">Choose a project to see its quota and what it may use.</p>;
  }
  const over = project.quotas.filter(({ isEnough }) => !isEnough);
  if (project.denials.length + over.length === 0) {
    return <StateBadge tone="ok" word="Nothing of its own is in the way" />;
  }
  return (
    <ul className="grid gap-1.5 text-table">
      {project.denials.map((words) => (
        <li key={words}>{words}</li>
      ))}
      {over.map(({ name, label, unit, needed, used, limit }) => (
        <li key={name}>
          {label}: needs {amount(needed, unit)}, used {amount(used, unit)} of {amount(limit, unit)}.
        </li>
      ))}
    </ul>
  );
}

const amount = (value: number, unit: string) => `${value.toLocaleString('en')}${unit && ` ${unit}`}`;

'use client';
import type { AuditLine } from '@unkai/contracts/resources/audit';
import { useMemo } from 'react';
import { type Column, Table } from '#table/table.tsx';
import { CopyId } from '#ui/copy.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { StateBadge } from '#ui/state-badge.tsx';
import { AuditChanges } from './audit-changes.tsx';
import { auditWords } from './audit-line.tsx';

type Row = AuditLine & { name: string };

const columns: readonly Column<Row>[] = [
  {
    header: 'Action',
    cell: (line) => (
      <span className="block py-1.5">
        {auditWords(line)} <span className="font-medium">{line.resourceName}</span>
        {line.detail && <span className="text-ink-muted"> · {line.detail}</span>}
        <AuditChanges line={line} />
      </span>
    ),
    sortBy: ({ action }) => action,
  },
  {
    header: 'Outcome',
    cell: ({ outcome }) => <StateBadge tone={outcome === 'done' ? 'ok' : 'bad'} word={outcome} />,
    sortBy: ({ outcome }) => outcome,
    isPhoneAside: true,
  },
  {
    header: 'From',
    cell: (line) => <From line={line} />,
    isMinor: true,
  },
  { header: 'Request', cell: ({ requestId }) => <CopyId id={requestId} what="request id" />, isMinor: true },
  {
    header: 'When',
    cell: ({ at }) => (
      <span className="text-ink-muted">
        <RelativeTime at={at} suffix="ago" />
      </span>
    ),
    sortBy: ({ at }) => -Date.parse(at),
    align: 'end',
  },
];

/** From where, and with which token if it was one: a line each, so that rows stay low however a token is called. */
function From({ line: { address, actorKind, tokenName } }: { line: AuditLine }) {
  return (
    <span className="block text-ink-muted">
      {tokenName !== null && (
        <span title={tokenName} className="block max-w-44 truncate">
          token {tokenName}
        </span>
      )}
      {(address !== null || tokenName === null) && (
        <span className="block whitespace-nowrap">{address ?? actorKind}</span>
      )}
    </span>
  );
}

const projectColumn: Column<Row> = {
  header: 'Project',
  cell: (line) => <span className="whitespace-nowrap text-ink-muted">{projectOf(line)}</span>,
  isMinor: true,
};

/** By its id where the project is one that the reader cannot open any more, and so is told no name of. */
function projectOf({ projectName, projectId }: AuditLine) {
  if (projectName !== null) return projectName;
  return projectId === null ? '—' : <CopyId id={projectId} what="project id" />;
}

type AuditTableProps = {
  lines: readonly AuditLine[] | undefined;
  isRefreshing?: boolean;
  /** For lines of several projects. */
  showsProject?: boolean;
};

/** The audit log as a table, newest first. */
export function AuditTable({ lines, isRefreshing = false, showsProject = false }: AuditTableProps) {
  const items = useMemo(() => lines?.map((line) => ({ ...line, name: line.actorName })), [lines]);
  return (
    <Table
      label="Activity"
      nameHeader="Who"
      columns={showsProject ? columns.toSpliced(1, 0, projectColumn) : columns}
      isRefreshing={isRefreshing}
      items={items}
      noMatch="Nothing like this happened yet. Every change and every refusal is kept here."
      phoneNote={(line) => (
        <>
          {auditWords(line)} {line.resourceName}
          <AuditChanges line={line} />
        </>
      )}
    />
  );
}

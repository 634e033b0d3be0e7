'use client';
import { serverCan } from '@unkai/contracts/resources/server';
import { ClipboardPaste, Keyboard, Maximize, Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { ConsolePaste } from '#console/paste.tsx';
import type { ConsoleHandle } from '#console/screen.tsx';
import type { ConsoleStatus } from '#console/use-console.ts';
import { useDenial } from '#resources/project.ts';
import { useServerActions } from '#resources/server.tsx';
import { useServer } from '#resources/use-server.ts';
import { useAddressValue } from '#table/filters.tsx';
import { Button, ButtonLink, IconButton } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { paths } from '../../../../../../../paths.ts';

// Both draw on the browser only, and neither is needed before this page is opened.
const ScreenConsole = dynamic(() => import('#console/screen.tsx').then((module) => module.ScreenConsole), {
  ssr: false,
});
const SerialConsole = dynamic(() => import('#console/serial.tsx').then((module) => module.SerialConsole), {
  ssr: false,
});

type ServerConsoleProps = { project: string; server: string };

/** The server's screen and serial port, live. */
export function ServerConsole({ project, server: id }: ServerConsoleProps) {
  const { data: server } = useServer(id);
  const denial = useDenial(project)('server:console');
  const [kind, setKind] = useAddressValue('kind');
  const [status, setStatus] = useState<ConsoleStatus>({ state: 'off' });
  const [isPasting, setPasting] = useState(false);
  const handle = useRef<ConsoleHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  if (denial) {
    return (
      <div className="grid justify-items-start gap-3 rounded-panel border bg-surface p-6">
        <p className="text-ink-muted">{denial} What the server wrote to its serial port can be read in its log.</p>
        <ButtonLink href={paths.serverLog({ project, server: id })}>Open log</ButtonLink>
      </div>
    );
  }
  if (!server) return <Skeleton className="h-[60vh]" />;
  const isSerial = kind === 'serial';
  const isThere = serverCan.console(server);
  const View = isSerial ? SerialConsole : ScreenConsole;
  const closedReason = status.state === 'open' ? undefined : 'The console is not connected.';
  return (
    <div
      ref={frame}
      className="flex h-[calc(100dvh-17rem)] min-h-96 flex-col overflow-hidden rounded-panel border bg-surface"
    >
      <div className="flex flex-wrap items-center gap-1 border-b px-2 py-1.5">
        <SegmentedControl
          label="Console"
          value={isSerial ? 'serial' : 'screen'}
          onChange={(value) => setKind(value === 'serial' ? 'serial' : '')}
          options={[
            { value: 'screen', label: 'Screen' },
            { value: 'serial', label: 'Serial' },
          ]}
        />
        <span role="status" className="px-2 text-table">
          <StateBadge {...badge(status)} />
        </span>
        {(status.state === 'waiting' || status.state === 'ended') && (
          <span className="min-w-0 truncate text-ink-muted text-meta">{status.reason}</span>
        )}
        <span className="grow" />
        {!isSerial && (
          <Button
            variant="quiet"
            icon={<Keyboard aria-hidden size={15} />}
            disabledReason={closedReason}
            onClick={() => handle.current?.ctrlAltDel?.()}
          >
            Ctrl-Alt-Del
          </Button>
        )}
        <Button
          variant="quiet"
          icon={<ClipboardPaste aria-hidden size={15} />}
          disabledReason={closedReason}
          onClick={() => setPasting(true)}
        >
          Paste
        </Button>
        <IconButton aria-label="Full screen" onClick={() => void frame.current?.requestFullscreen()}>
          <Maximize aria-hidden size={15} />
        </IconButton>
      </div>
      <div className="relative min-h-0 grow bg-surface">
        {isThere && <View key={kind} server={id} isThere={isThere} handle={handle} onStatus={setStatus} />}
        {!isThere && <Switched project={project} server={server} />}
        {status.state === 'refused' && (
          <div className="absolute inset-x-4 top-4">
            <ProblemNote problem={status.problem} />
          </div>
        )}
      </div>
      {isPasting && (
        <ConsolePaste
          onClose={() => setPasting(false)}
          onPaste={(text) => {
            handle.current?.type(text);
            setPasting(false);
            handle.current?.focus();
          }}
        />
      )}
    </div>
  );
}

const badges: Record<Exclude<ConsoleStatus['state'], 'waiting'>, { tone: Tone; word: string }> = {
  off: { tone: 'idle', word: 'not connected' },
  connecting: { tone: 'busy', word: 'connecting' },
  open: { tone: 'ok', word: 'connected' },
  refused: { tone: 'bad', word: 'refused' },
  ended: { tone: 'idle', word: 'ended' },
};

function badge(status: ConsoleStatus): { tone: Tone; word: string } {
  if (status.state === 'waiting') return { tone: 'warn', word: `reconnecting in ${status.seconds} s` };
  return badges[status.state];
}

type SwitchedProps = {
  project: string;
  server: Parameters<typeof serverCan.console>[0] & { id: string; name: string };
};

function Switched({ project, server }: SwitchedProps) {
  const { run, reason } = useServerActions(project);
  const canStart = reason('start', server) === undefined;
  return (
    <div className="grid h-full place-content-center justify-items-center gap-3 p-6 text-center">
      <p className="text-ink-muted">{serverCan.console.reason(server)}</p>
      {canStart && (
        <Button variant="primary" icon={<Play aria-hidden size={14} />} onClick={() => run('start', server)}>
          Start server
        </Button>
      )}
    </div>
  );
}

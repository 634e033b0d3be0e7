'use client';
import type { ConsoleKind } from '@unkai/contracts/resources/console-session';
import { serverCan } from '@unkai/contracts/resources/server';
import { ClipboardPaste, Keyboard, Maximize, Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type RefObject, useRef, useState } from 'react';
import { ConsolePaste } from '#console/paste.tsx';
import type { ConsoleHandle } from '#console/screen.tsx';
import type { ConsoleStatus } from '#console/use-console.ts';
import { useDenial } from '#resources/project.ts';
import { useServerActions } from '#resources/server.tsx';
import { useServer } from '#resources/use-server.ts';
import { useAddressValue } from '#table/filters.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button, IconButton } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

// Both draw on the browser only, and neither is needed before this page is opened.
const ScreenConsole = dynamic(() => import('#console/screen.tsx').then((module) => module.ScreenConsole), {
  ssr: false,
});
const SerialConsole = dynamic(() => import('#console/serial.tsx').then((module) => module.SerialConsole), {
  ssr: false,
});

type ServerConsoleProps = { project: string; server: string };

/** The server's screen and serial port, live. Who may not use the console sees it all the same. */
export function ServerConsole({ project, server: id }: ServerConsoleProps) {
  const { data: server } = useServer(id);
  const denial = useDenial(project)('server:console');
  const [kind, setKind] = useAddressValue('kind');
  const [status, setStatus] = useState<ConsoleStatus>({ state: 'off' });
  const handle = useRef<ConsoleHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  if (!server) return <Skeleton className="h-[60vh]" />;
  const isThere = serverCan.console(server);
  const isSerial = kind === 'serial';
  const View = isSerial ? SerialConsole : ScreenConsole;
  return (
    <div
      ref={frame}
      className="flex h-[calc(100dvh-17rem)] min-h-96 flex-col overflow-hidden rounded-panel border bg-surface"
    >
      <ConsoleBar
        kind={isSerial ? 'serial' : 'screen'}
        onKind={(chosen) => setKind(chosen === 'serial' ? 'serial' : '')}
        status={isThere ? status : { state: 'off' }}
        denial={denial}
        handle={handle}
        onFullScreen={() => void frame.current?.requestFullscreen()}
      />
      <div className="relative min-h-0 grow bg-surface">
        {isThere && (
          <View key={kind} server={id} isReadOnly={denial !== undefined} handle={handle} onStatus={setStatus} />
        )}
        {!isThere && <Switched project={project} server={server} />}
        {status.state === 'refused' && (
          <div className="absolute inset-x-4 top-4">
            <ProblemNote problem={status.problem} />
          </div>
        )}
      </div>
    </div>
  );
}

type ConsoleBarProps = {
  kind: ConsoleKind;
  onKind: (kind: ConsoleKind) => void;
  status: ConsoleStatus;
  /** Why the console is to look at only; undefined when it is not. */
  denial: string | undefined;
  handle: RefObject<ConsoleHandle | null>;
  onFullScreen: () => void;
};

/** Which console, how it is connected, and what can be done to it. */
function ConsoleBar({ kind, onKind, status, denial, handle, onFullScreen }: ConsoleBarProps) {
  const blocked = denial ?? (status.state === 'open' ? undefined : 'The console is not connected.');
  return (
    <div className="flex flex-wrap items-center gap-1 border-b px-2 py-1.5">
      <SegmentedControl<ConsoleKind>
        label="Console"
        value={kind}
        onChange={onKind}
        options={[
          { value: 'screen', label: 'Screen' },
          { value: 'serial', label: 'Serial' },
        ]}
      />
      <ConsoleState status={status} isReadOnly={denial !== undefined} />
      <span className="grow" />
      {kind === 'screen' && (
        <Button
          variant="quiet"
          icon={<Keyboard aria-hidden size={15} />}
          disabledReason={blocked}
          onClick={() => handle.current?.ctrlAltDel?.()}
        >
          Ctrl-Alt-Del
        </Button>
      )}
      <span className="flex gap-1">
        <PasteButton disabledReason={blocked} handle={handle} />
        <IconButton aria-label="Full screen" onClick={onFullScreen}>
          <Maximize aria-hidden size={15} />
        </IconButton>
      </span>
    </div>
  );
}

function ConsoleState({ status, isReadOnly }: { status: ConsoleStatus; isReadOnly: boolean }) {
  return (
    <>
      <span role="status" className="px-2 text-table">
        <StateBadge {...badge(status)} />
      </span>
      {isReadOnly && <Badge>to look at only</Badge>}
      {(status.state === 'waiting' || status.state === 'ended') && (
        <span className="min-w-0 truncate text-ink-muted text-meta">{status.reason}</span>
      )}
    </>
  );
}

type PasteButtonProps = { disabledReason: string | undefined; handle: RefObject<ConsoleHandle | null> };

function PasteButton({ disabledReason, handle }: PasteButtonProps) {
  const [isPasting, setPasting] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        icon={<ClipboardPaste aria-hidden size={15} />}
        disabledReason={disabledReason}
        onClick={() => setPasting(true)}
      >
        Paste
      </Button>
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
    </>
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

'use client';
import { useQuery } from '@tanstack/react-query';
import { serverCan } from '@unkai/contracts/resources/server';
import { Download, RotateCw } from 'lucide-react';
import { problemOf } from '#client/problem.ts';
import { saveFile } from '#client/save-file.ts';
import { useTRPC } from '#client/trpc.tsx';
import { plainLog } from '#console/plain-log.ts';
import { useServer } from '#resources/use-server.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { RunningBar, Skeleton } from '#ui/skeleton.tsx';

type ServerLogProps = { project: string; server: string };

/** What the server wrote to its serial console. Guests write it, so it is drawn as plain text only (A41). */
export function ServerLog({ server: id }: ServerLogProps) {
  const trpc = useTRPC();
  const { data: server } = useServer(id);
  const isRunning = server !== undefined && serverCan.console(server);
  const { data, error, isFetching, refetch } = useQuery(
    trpc.server.log.queryOptions({ id }, { refetchInterval: isRunning ? 4000 : false }),
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  const text = plainLog(data?.text ?? '');
  return (
    <Panel
      title="Console log"
      note={<LogNote isTruncated={data?.truncated ?? false} capturedAt={data?.capturedAt ?? null} />}
      aside={
        <span className="flex items-center gap-1">
          <CopyButton text={text} what="log" />
          <Button
            variant="quiet"
            icon={<Download aria-hidden size={14} />}
            onClick={() => saveFile(text, `${server?.name ?? id}.log`)}
          >
            Download
          </Button>
          <Button variant="quiet" icon={<RotateCw aria-hidden size={14} />} onClick={() => void refetch()}>
            Refresh
          </Button>
        </span>
      }
    >
      <div className="relative -m-4">
        <RunningBar isRunning={isFetching && data !== undefined} />
        {data === undefined ? <Skeleton className="m-4 h-64" /> : <LogLines text={text} />}
      </div>
    </Panel>
  );
}

function LogLines({ text }: { text: string }) {
  if (text === '') {
    return (
      <p className="px-4 py-10 text-center text-ink-muted">
        Nothing yet. What the guest writes to its serial console while it boots appears here.
      </p>
    );
  }
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Lines of the log"
      className="max-h-[70vh] overflow-auto p-4"
    >
      <pre className="text-meta leading-4.5">{text}</pre>
    </section>
  );
}

function LogNote({ isTruncated, capturedAt }: { isTruncated: boolean; capturedAt: string | null }) {
  return (
    <>
      {isTruncated ? 'the last part; older lines were dropped' : 'serial console'}
      {capturedAt !== null && (
        <>
          {' · read '}
          <RelativeTime at={capturedAt} suffix="ago" />
        </>
      )}
    </>
  );
}

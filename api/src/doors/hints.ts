import type { Core } from '@unkai/core/call';

const keepAliveMs = 15_000;
// It comes back with its credential, which may be another one then.
const longestMs = 300_000;
/** Hints that wait for a host; one that is further behind is cut off, and looks for itself when it is back. */
const backlogLimit = 1_000;

/**
 * What a host is told, one JSON text a line, for hosts that do not reach Redis: nothing has to be open towards them, nor
 * towards Redis. Lines without anything say that the stream still stands. It ends by itself now and then, when Redis is
 * away, and when the host is removed or joins anew.
 */
export async function hintStream(core: Core, hostId: string): Promise<Response> {
  const encoder = new TextEncoder();
  const begin = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  let end = () => {};
  const send = async (line: string) => {
    const controller = await begin.promise;
    if (isOver) return;
    controller.enqueue(encoder.encode(`${line}\n`));
    if ((controller.desiredSize ?? 0) < 0) end();
  };
  let isOver = false;
  const stop = await core.queues.hearHints(hostId, {
    onHint: (job) => void send(JSON.stringify(job)),
    onEnd: () => end(),
  });
  const keepAlive = setInterval(() => void send(''), keepAliveMs);
  const late = setTimeout(() => end(), longestMs);
  const release = () => {
    isOver = true;
    stop();
    clearInterval(keepAlive);
    clearTimeout(late);
  };
  end = () => {
    if (isOver) return;
    release();
    void begin.promise.then((controller) => controller.close());
  };
  const body = new ReadableStream<Uint8Array>(
    { start: (controller) => begin.resolve(controller), cancel: release },
    new CountQueuingStrategy({ highWaterMark: backlogLimit }),
  );
  void send('');
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

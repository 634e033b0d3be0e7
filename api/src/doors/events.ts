import { UnkaiError } from '@unkai/contracts/errors';
import type { Event } from '@unkai/contracts/events';
import { id as idSchema } from '@unkai/contracts/primitives';
import { grantedGlobally, grantedOnProject, notFound } from '@unkai/core/access';
import type { Call, Core } from '@unkai/core/call';
import type { EventFeed } from '@unkai/core/event-feed';
import { type Context, Hono } from 'hono';
import type { CallOf } from './call-of.ts';
import { problemResponse, requestIdOf } from './problem.ts';

export interface EventsDoorOptions {
  readonly feed: EventFeed;
  readonly callOf: CallOf;
  /** Milliseconds between looks whether the reader may still read. */
  readonly recheckMs?: number;
}

const keepAliveMs = 20_000;
const defaultRecheckMs = 1_000;
/** Open streams of one user: each tab of a browser has one. */
export const streamsPerUser = 30;
/** Events that wait for a reader; one that is further behind is cut off and comes back with its Last-Event-ID. */
const backlogLimit = 500;
const eventId = /^\d{1,18}$/;

/**
 * Live events as server-sent events. They say that something changed, never what it holds. A reader that comes back
 * sends Last-Event-ID and gets what it missed; one that loses its right to read is cut off within a second or two (A08).
 */
export function eventsDoor(core: Core, options: EventsDoorOptions): Hono {
  const door = new Hono();
  const open = new Map<string, number>();

  const stream = async (context: Context, projectId: string | null) => {
    const call = await options.callOf(context);
    await mayRead(call, projectId);
    await options.feed.listening();
    const user = call.actor.userId ?? call.actor.name;
    const count = open.get(user) ?? 0;
    if (count >= streamsPerUser) {
      throw new UnkaiError('rate_limited', `One user can have ${streamsPerUser} live streams open.`, {
        next: 'Close tabs or programs that listen, and try again.',
      });
    }
    open.set(user, count + 1);
    const release = () => {
      const left = (open.get(user) ?? 1) - 1;
      if (left > 0) open.set(user, left);
      else open.delete(user);
    };
    const check = async () => mayRead(await options.callOf(context), projectId);
    const lastId = context.req.header('last-event-id') ?? '';
    const source = { feed: options.feed, projectId, lastId: eventId.test(lastId) ? lastId : null };
    return eventStream(source, { check, release, everyMs: options.recheckMs ?? defaultRecheckMs });
  };

  door.get('/v1/projects/:projectId/events', (context) => {
    const parsed = idSchema.safeParse(context.req.param('projectId'));
    if (!parsed.success) throw notFound('project', context.req.param('projectId').slice(0, 64));
    return stream(context, parsed.data);
  });
  door.get('/v1/events', (context) => stream(context, null));
  door.onError((error, context) => problemResponse(error, requestIdOf(context.req.raw.headers), core.log));
  return door;
}

function mayRead(call: Call, projectId: string | null): Promise<void> {
  return projectId === null ? grantedGlobally(call, 'event:read') : grantedOnProject(call, 'event:read', projectId);
}

interface Source {
  readonly feed: EventFeed;
  readonly projectId: string | null;
  readonly lastId: string | null;
}

interface Reader {
  /** Throws when the reader may not read any more. */
  readonly check: () => Promise<void>;
  readonly release: () => void;
  readonly everyMs: number;
}

function eventStream({ feed, projectId, lastId }: Source, { check, release, everyMs }: Reader): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let isOver = false;
        const send = (text: string) => {
          if (isOver) return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < 0) close();
        };
        // Subscribed before the look back, so that nothing falls between the two; what comes twice does no harm.
        const unsubscribe = feed.subscribe(projectId, (each) => send(frame(each)));
        const keepAlive = setInterval(() => send(': still here\n\n'), keepAliveMs);
        const stopLooking = lookAgain(check, everyMs, () => close());
        stop = () => {
          if (isOver) return;
          isOver = true;
          unsubscribe();
          clearInterval(keepAlive);
          stopLooking();
          release();
        };
        const close = () => {
          // A reader that has gone has closed it already.
          if (isOver) return;
          stop();
          controller.close();
        };
        send('retry: 1000\n\n');
        if (lastId === null) return;
        // A reader that could not be told what it missed is sent away, and comes back for it.
        const missed = await feed.since(lastId, projectId).catch(close);
        for (const each of missed ?? []) send(frame(each));
      },
      cancel: () => stop(),
    },
    new CountQueuingStrategy({ highWaterMark: backlogLimit }),
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  });
}

/**
 * Looks every so often whether a reader may still read, one look after the other, so that they do not pile up while the
 * database is slow. Gives the way to stop.
 */
function lookAgain(check: () => Promise<void>, everyMs: number, onLoss: () => void): () => void {
  let isOver = false;
  const look = async () => {
    try {
      await check();
    } catch {
      return onLoss();
    }
    if (!isOver) timer = setTimeout(() => void look(), everyMs);
  };
  let timer = setTimeout(() => void look(), everyMs);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

function frame(each: Event): string {
  return `id: ${each.id}\ndata: ${JSON.stringify(each)}\n\n`;
}

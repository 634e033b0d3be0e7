'use client';
import { useMutation } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import {
  type ConsoleKind,
  consoleClose,
  consoleSubprotocol,
  consoleTokenSubprotocolPrefix,
} from '@unkai/contracts/resources/console-session';
import { useEffect, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';

export type ConsoleStatus =
  | { state: 'off' | 'connecting' | 'open' }
  | { state: 'waiting'; seconds: number; reason: string }
  | { state: 'ended'; reason: string }
  | { state: 'refused'; problem: Problem };

/** Binds a socket to what draws it; the answer undoes that. */
export type Attach = (socket: WebSocket) => () => void;

type UseConsoleOptions = {
  server: string;
  kind: ConsoleKind;
  /** Undefined until the drawing part is ready. */
  attach: Attach | undefined;
};

/** Keeps a console connected while it is shown. */
export function useConsole({ server, kind, attach }: UseConsoleOptions): ConsoleStatus {
  const trpc = useTRPC();
  const { mutateAsync: createSession } = useMutation(trpc.consoleSession.create.mutationOptions());
  const [status, setStatus] = useState<ConsoleStatus>({ state: 'off' });
  useEffect(() => {
    if (!attach) return setStatus({ state: 'off' });
    return keepConnected(() => createSession({ serverId: server, kind }), { kind, attach, onStatus: setStatus });
  }, [attach, createSession, kind, server]);
  return status;
}

const longestWait = 15;
/** Refusals and ends that another try cannot mend. */
const finalCodes = new Set(['forbidden', 'not_found', 'unauthenticated']);
const finalCloses = new Set<number>([consoleClose.notPermitted.code, consoleClose.serverGone.code]);
const reasons = new Map<number, string>(Object.values(consoleClose).map(({ code, reason }) => [code, reason]));
const lost = 'The connection was lost.';

type KeepOptions = { kind: ConsoleKind; attach: Attach; onStatus: (status: ConsoleStatus) => void };

/**
 * Each connection begins with a new one-time token, so a reconnect never shows a dead one (H17); waits between tries grow
 * from 1 to 15 seconds. The answer ends it.
 */
function keepConnected(newSession: () => Promise<Omit<Way, 'kind'>>, { kind, attach, onStatus }: KeepOptions) {
  let isOver = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close = () => {};

  const later = (code: number | undefined) => {
    if (isOver) return;
    const reason = (code !== undefined && reasons.get(code)) || lost;
    if (code !== undefined && finalCloses.has(code)) return onStatus({ state: 'ended', reason });
    const seconds = Math.min(longestWait, 2 ** tries);
    tries += 1;
    onStatus({ state: 'waiting', seconds, reason });
    timer = setTimeout(() => void connect(), seconds * 1000);
  };
  const onOpen = () => {
    tries = 0;
    onStatus({ state: 'open' });
  };
  const connect = async () => {
    onStatus({ state: 'connecting' });
    try {
      const { path, token } = await newSession();
      if (!isOver) close = open({ path, token, kind }, attach, { onOpen, onClose: later });
    } catch (error) {
      const problem = problemOf(error);
      if (isOver) return;
      if (finalCodes.has(problem.code)) onStatus({ state: 'refused', problem });
      else later(undefined);
    }
  };
  void connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    close();
  };
}

type Way = { path: string; token: string; kind: ConsoleKind };
type SocketEvents = { onOpen: () => void; onClose: (code: number) => void };

/** Opens the socket with the token as a subprotocol, which no log and no Referer holds (A37). */
function open({ path, token, kind }: Way, attach: Attach, { onOpen, onClose }: SocketEvents): () => void {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, [consoleSubprotocol, `${consoleTokenSubprotocolPrefix}${token}`]);
  socket.binaryType = 'arraybuffer';
  const detach = attach(socket);
  const closed = ({ code }: CloseEvent) => {
    detach();
    onClose(code);
  };
  // A screen speaks first, so its first bytes show that the host is there; a serial port may be silent.
  const sign = kind === 'screen' ? 'message' : 'open';
  socket.addEventListener(sign, onOpen, { once: true });
  socket.addEventListener('close', closed, { once: true });
  return () => {
    socket.removeEventListener(sign, onOpen);
    socket.removeEventListener('close', closed);
    detach();
    socket.close();
  };
}

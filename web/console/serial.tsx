'use client';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { ConsoleViewProps } from './screen.tsx';
import { watchTerminalTheme } from './terminal-theme.ts';
import { type Attach, useConsole } from './use-console.ts';

/** The server's first serial port in a terminal. */
export function SerialConsole({ server, isReadOnly, handle, onStatus }: ConsoleViewProps) {
  const target = useRef<HTMLDivElement>(null);
  const terminal = useRef<Terminal>(null);
  const typed = useRef<(text: string) => void>(() => {});
  const [attach, setAttach] = useState<Attach>();
  const status = useConsole({ server, kind: 'serial', attach });
  useEffect(() => onStatus(status), [status, onStatus]);

  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const made = makeTerminal(element, isReadOnly);
    terminal.current = made.terminal;
    const encoder = new TextEncoder();
    setAttach(() => (socket: WebSocket) => {
      socket.addEventListener('message', ({ data }) => {
        made.terminal.write(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
      });
      const send = (text: string) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(encoder.encode(text));
      };
      typed.current = send;
      const listening = made.terminal.onData(send);
      return () => {
        typed.current = () => {};
        listening.dispose();
      };
    });
    return () => {
      setAttach(undefined);
      made.dispose();
    };
  }, [isReadOnly]);

  useImperativeHandle(handle, () => ({
    type: (text) => typed.current(text.replaceAll(/\r\n?|\n/g, '\r')),
    focus: () => terminal.current?.focus(),
  }));
  return <section ref={target} aria-label="Serial console of the server" className="absolute inset-3" />;
}

function makeTerminal(element: HTMLElement, isReadOnly: boolean): { terminal: Terminal; dispose: () => void } {
  const terminal = new Terminal({
    fontFamily: '"JetBrains Mono Variable", monospace',
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: 5000,
    disableStdin: isReadOnly,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    screenReaderMode: true,
  });
  // A guest must not put links, titles or clipboard contents into the reader's browser (A41).
  for (const command of [0, 1, 2, 8, 52]) terminal.parser.registerOscHandler(command, () => true);
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(element);
  fit.fit();
  const resized = new ResizeObserver(() => fit.fit());
  resized.observe(element);
  const unwatchTheme = watchTerminalTheme((theme) => {
    terminal.options.theme = theme;
  });
  const dispose = () => {
    resized.disconnect();
    unwatchTheme();
    terminal.dispose();
  };
  return { terminal, dispose };
}

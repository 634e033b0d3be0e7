'use client';
import type RFB from '@novnc/novnc';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { keysymsOf } from './keysym.ts';
import { type Attach, type ConsoleStatus, useConsole } from './use-console.ts';

/** What the bar above a console can do to it. */
export type ConsoleHandle = { type: (text: string) => void; ctrlAltDel?: () => void; focus: () => void };

export type ConsoleViewProps = {
  server: string;
  /** Nothing that is typed or pointed at is sent; the host would drop it anyway. */
  isReadOnly: boolean;
  handle: RefObject<ConsoleHandle | null>;
  onStatus: (status: ConsoleStatus) => void;
};

/** The server's screen by noVNC. What a guest names its desktop is never drawn (A39). */
export function ScreenConsole({ server, isReadOnly, handle, onStatus }: ConsoleViewProps) {
  const target = useRef<HTMLDivElement>(null);
  const client = useRef<RFB>(null);
  const [attach, setAttach] = useState<Attach>();
  const status = useConsole({ server, kind: 'screen', attach });
  useEffect(() => onStatus(status), [status, onStatus]);

  useEffect(() => {
    let isOver = false;
    void import('@novnc/novnc').then(({ default: Client }) => {
      const element = target.current;
      if (isOver || !element) return;
      setAttach(() => (socket: WebSocket) => {
        const viewer = new Client(element, socket, { shared: true });
        viewer.viewOnly = isReadOnly;
        viewer.scaleViewport = true;
        viewer.background = 'transparent';
        client.current = viewer;
        let isConnected = true;
        viewer.addEventListener('disconnect', () => {
          isConnected = false;
        });
        return () => {
          client.current = null;
          if (isConnected) viewer.disconnect();
          element.replaceChildren();
        };
      });
    });
    return () => {
      isOver = true;
    };
  }, [isReadOnly]);

  useImperativeHandle(handle, () => ({
    type: (text) => {
      for (const keysym of keysymsOf(text)) client.current?.sendKey(keysym, null);
    },
    ctrlAltDel: () => client.current?.sendCtrlAltDel(),
    focus: () => client.current?.focus(),
  }));
  return <div ref={target} role="application" aria-label="Screen of the server" className="absolute inset-0" />;
}

'use client';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { IconButton } from './button.tsx';

type Toast = { id: number; tone: 'ok' | 'bad'; title: string; detail?: string | undefined };
type ShowToast = (toast: Omit<Toast, 'id'>) => void;

const ToastContext = createContext<ShowToast>(() => {});

/** Shows a short message about an act that has no place of its own on the page. */
export function useToast(): ShowToast {
  return use(ToastContext);
}

let count = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const show = useCallback<ShowToast>((toast) => {
    count += 1;
    setToasts((shown) => [...shown.slice(-2), { ...toast, id: count }]);
  }, []);
  const drop = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider swipeDirection="right" label="Message">
        {children}
        {toasts.map((toast) => (
          <Radix.Root
            key={toast.id}
            duration={toast.tone === 'bad' ? 12_000 : 5000}
            onOpenChange={(isOpen) => isOpen || drop(toast.id)}
            className="flex animate-rise items-start gap-2.5 rounded-panel border bg-overlay py-1.5 pr-1.5 pl-3 shadow-float"
          >
            {toast.tone === 'ok' ? (
              <CircleCheck aria-hidden size={16} className="mt-2 shrink-0 text-ok-ink" />
            ) : (
              <CircleAlert aria-hidden size={16} className="mt-2 shrink-0 text-bad-ink" />
            )}
            <div className="grid grow py-1.5">
              <Radix.Title className="font-medium">{toast.title}</Radix.Title>
              {toast.detail && (
                <Radix.Description className="text-ink-muted text-table">{toast.detail}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton aria-label="Dismiss">
                <X aria-hidden size={14} />
              </IconButton>
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed right-4 bottom-4 z-60 grid w-90 max-w-[calc(100vw-2rem)] gap-2 outline-none" />
      </Radix.Provider>
    </ToastContext>
  );
}

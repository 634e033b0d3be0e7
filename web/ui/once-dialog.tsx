'use client';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';

/** What is told once and never again. */
export type Once = {
  title: string;
  description: string;
  /** "I have kept the token" */
  kept: string;
  content: ReactNode;
  /** Ways to keep it, besides copying. */
  actions?: ReactNode;
};

type OnceDialogProps = Omit<DialogProps, 'isOpen'> & {
  /** What was made; with it the dialog shows that, and closes only after the reader says that it is kept. */
  once: Once | undefined;
};

/** Asks what to make, then shows it once. One dialog for both, so that the focus returns to what opened it. */
export function OnceDialog({ once, children, onClose, ...asking }: OnceDialogProps) {
  const [isKept, setKept] = useState(false);
  if (!once) {
    return (
      <Dialog isOpen onClose={onClose} {...asking}>
        {children}
      </Dialog>
    );
  }
  const { title, description, kept, content, actions } = once;
  return (
    <Dialog isOpen onClose={() => isKept && onClose()} width="wide" title={title} description={description}>
      {content}
      <Checkbox label={kept} isChecked={isKept} onChange={setKept} />
      <div className="flex flex-wrap justify-end gap-2">
        {actions}
        <Button
          variant="primary"
          disabledReason={isKept ? undefined : 'Tick that you have kept it first.'}
          onClick={onClose}
        >
          Close
        </Button>
      </div>
    </Dialog>
  );
}

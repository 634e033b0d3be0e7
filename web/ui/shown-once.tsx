'use client';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog } from './dialog.tsx';

type ShownOnceProps = {
  title: string;
  description: string;
  /** "I have kept the token" */
  kept: string;
  onClose: () => void;
  /** Ways to keep it, besides copying. */
  actions?: ReactNode;
  children: ReactNode;
};

/** Shows what is told once and never again: it closes only after the reader says that it is kept. */
export function ShownOnce({ isOpen, ...props }: ShownOnceProps & { isOpen: boolean }) {
  return isOpen ? <OpenShownOnce {...props} /> : null;
}

function OpenShownOnce({ title, description, kept, onClose, actions, children }: ShownOnceProps) {
  const [isKept, setKept] = useState(false);
  return (
    <Dialog isOpen onClose={() => isKept && onClose()} width="wide" title={title} description={description}>
      {children}
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

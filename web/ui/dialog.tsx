'use client';
import type { Problem } from '@unkai/contracts/errors';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import { Button, buttonClasses } from './button.tsx';
import { Field } from './field.tsx';
import { ProblemNote } from './problem.tsx';
import { useReturnFocus } from './return-focus.ts';

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  width?: 'narrow' | 'wide';
};

/** A modal question or form. Focus moves in, is kept, and returns to what opened it. */
export function Dialog({ isOpen, ...props }: DialogProps) {
  return isOpen ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onClose, title, description, children, width = 'narrow' }: Omit<DialogProps, 'isOpen'>) {
  const returnFocus = useReturnFocus();
  const isTouched = useRef(false);
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <div className="pointer-events-none fixed inset-0 z-40 grid items-start justify-items-center overflow-y-auto p-4 pt-[12vh]">
          <Radix.Content
            onOpenAutoFocus={focusFirstField}
            onCloseAutoFocus={returnFocus}
            onInput={() => {
              isTouched.current = true;
            }}
            // A click that misses must not cost what was typed; Escape and the buttons are meant.
            onInteractOutside={(event) => isTouched.current && event.preventDefault()}
            {...(description === undefined && { 'aria-describedby': undefined })}
            className={`pointer-events-auto w-full animate-rise outline-none rounded-panel border bg-overlay shadow-float ${width === 'wide' ? 'max-w-2xl' : 'max-w-md'}`}
          >
            <div className="flex items-start justify-between gap-4 border-b py-2.5 pr-2 pl-4">
              <Radix.Title className="py-1.5 font-semibold max-md:py-3">{title}</Radix.Title>
              <Radix.Close aria-label="Close" className={buttonClasses('quiet', true)}>
                <X aria-hidden size={16} />
              </Radix.Close>
            </div>
            <div className="grid gap-4 p-4">
              {description !== undefined && (
                <Radix.Description asChild>
                  <div className="text-ink-muted">{description}</div>
                </Radix.Description>
              )}
              {children}
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The first field gets the focus, else the dialog itself: never the button that closes it. */
function focusFirstField(event: Event): void {
  const content = event.target;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  const field = content.querySelector<HTMLElement>('input:not([aria-hidden]), textarea, select');
  (field ?? content).focus();
}

type ConfirmDialogProps = {
  onClose: () => void;
  title: string;
  /** What will be lost or changed, and what goes with it. */
  description: ReactNode;
  /** Verb + noun. */
  action: string;
  /** What the other button says. */
  keep?: string;
  onConfirm: () => void;
  pending: boolean;
  problem: Problem | undefined;
  /** For loss of data: the word that must be typed before the button works. */
  typeToConfirm?: string | undefined;
};

/** Asks before an act that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { onClose, title, description, action, keep = 'Keep it', onConfirm, pending, problem, typeToConfirm } = props;
  const [typed, setTyped] = useState('');
  const isMissing = typeToConfirm !== undefined && typed !== typeToConfirm;
  return (
    <Dialog isOpen onClose={onClose} title={title} description={description}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          // It lies in React's tree inside whatever form opened it, which must not be sent with it.
          event.stopPropagation();
          if (!isMissing && !pending) onConfirm();
        }}
      >
        {typeToConfirm !== undefined && (
          <Field
            label={`Type “${typeToConfirm}” to confirm`}
            value={typed}
            onChange={setTyped}
            name="confirm"
            autoComplete="off"
            isMono
          />
        )}
        {problem && <ProblemNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{keep}</Button>
          <Button
            type="submit"
            variant="danger"
            pending={pending}
            disabledReason={isMissing ? `Type “${typeToConfirm}” first.` : undefined}
          >
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

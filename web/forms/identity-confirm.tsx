'use client';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { useSettled } from '#resources/identity.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';

type IdentityConfirmProps = {
  title: string;
  /** Who loses what by it, and when. */
  description: ReactNode;
  /** Verb + noun. */
  action: string;
  /** Said when it is done: "ada is deleted". */
  done: string;
  change: () => Promise<unknown>;
  onClose: () => void;
  /** Before it is said, such as to leave the page of what is gone. */
  onDone?: (() => void) | undefined;
  typeToConfirm?: string;
};

/** Asks before a change of who may do what, makes it, says so, and has every page ask again. */
export function IdentityConfirm({ done, change, onClose, onDone, ...dialog }: IdentityConfirmProps) {
  const settled = useSettled(onClose);
  const { mutate, isPending, error } = useMutation({
    mutationFn: change,
    onSuccess: () => {
      onDone?.();
      settled(done);
    },
  });
  return (
    <ConfirmDialog
      {...dialog}
      isOpen
      onClose={onClose}
      onConfirm={() => mutate()}
      pending={isPending}
      problem={error ? problemOf(error) : undefined}
    />
  );
}

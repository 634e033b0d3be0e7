'use client';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';

export type ChangeConfirmProps = {
  title: string;
  /** What is lost or stops working by it, for whom, and when. */
  description: ReactNode;
  /** Verb + noun. */
  action: string;
  /** Said when it is done: "ci is revoked". */
  done: string;
  change: () => Promise<unknown>;
  onClose: () => void;
  /** Before it is said, such as to leave the page of what is gone. */
  onDone?: (() => void) | undefined;
  /** What is asked again afterwards. */
  outdated: readonly QueryKey[];
  typeToConfirm?: string;
};

/** Asks before a change that takes something away, makes it, says so, and has the pages that show it ask again. */
export function ChangeConfirm({ done, change, onClose, onDone, outdated, ...dialog }: ChangeConfirmProps) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: change,
    onSuccess: () => {
      onDone?.();
      toast({ tone: 'ok', title: done });
      onClose();
      for (const queryKey of outdated) void queryClient.invalidateQueries({ queryKey });
    },
  });
  return (
    <ConfirmDialog
      {...dialog}
      onClose={onClose}
      onConfirm={() => mutate()}
      pending={isPending}
      problem={error ? problemOf(error) : undefined}
    />
  );
}

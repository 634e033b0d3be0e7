'use client';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf } from '#client/problem.ts';
import { ConfirmDialog } from '#ui/dialog.tsx';
import { useToast } from '#ui/toast.tsx';

type RemovalProps = {
  title: string;
  /** What stops working with it. */
  description: ReactNode;
  /** Verb + noun. */
  action: string;
  /** Said when it is gone: "ci is revoked". */
  done: string;
  remove: () => Promise<unknown>;
  /** What is asked again afterwards. */
  queryKey: QueryKey;
  onClose: () => void;
};

/** Asks before one of one's own things is taken away, takes it away, and says so. */
export function Removal({ title, description, action, done, remove, queryKey, onClose }: RemovalProps) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      toast({ tone: 'ok', title: done });
      void queryClient.invalidateQueries({ queryKey });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={title}
      description={description}
      action={action}
      onConfirm={() => mutate()}
      pending={isPending}
      problem={error ? problemOf(error) : undefined}
    />
  );
}

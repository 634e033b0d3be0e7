'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { type ReactNode, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { recoveryCodesOnce } from '#resources/recovery-codes.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import { useToast } from '#ui/toast.tsx';

type Proof = { password: string; code: string };

/** Turns one-time codes off, for the password and a code. */
export function TotpRemove({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation(
    trpc.totp.remove.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: 'One-time codes are off' });
        void queryClient.invalidateQueries({ queryKey: trpc.totp.pathKey() });
        onClose();
      },
    }),
  );
  return (
    <ProofDialog
      title="Turn off one-time codes"
      description="Then your password alone signs you in, and the recovery codes count no more."
      action="Turn off one-time codes"
      pending={remove.isPending}
      problem={remove.error ? problemOf(remove.error) : undefined}
      onSubmit={(proof) => remove.mutate(proof)}
      onClose={onClose}
    />
  );
}

/** Makes new recovery codes, for the password and a code; those that are left end. */
export function RecoveryCodesRenew({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const renew = useMutation(trpc.totp.renewRecoveryCodes.mutationOptions());
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.totp.pathKey() });
    onClose();
  };
  return (
    <ProofDialog
      once={renew.data && recoveryCodesOnce(renew.data.recoveryCodes, user?.name ?? '')}
      title="Make new recovery codes"
      description="Ten new ones take the place of those that are left, which count no more."
      action="Make new codes"
      pending={renew.isPending}
      problem={renew.error ? problemOf(renew.error) : undefined}
      onSubmit={(proof) => renew.mutate(proof)}
      onClose={close}
    />
  );
}

type ProofDialogProps = {
  once?: Once | undefined;
  title: string;
  description: ReactNode;
  action: string;
  pending: boolean;
  problem: Problem | undefined;
  onSubmit: (proof: Proof) => void;
  onClose: () => void;
};

/** Asks for what an open session alone must not be enough for: the password, and a code of this moment. */
function ProofDialog(props: ProofDialogProps) {
  const { once, title, description, action, pending, problem, onSubmit, onClose } = props;
  const [proof, setProof] = useState<Proof>({ password: '', code: '' });
  const { password, code } = proof;
  const wrongCode = problem?.code === 'second_factor_needed' || problem?.code === 'invalid_input';
  return (
    <OnceDialog once={once} onClose={onClose} title={title} description={description}>
      <Form
        label={title}
        submitLabel={action}
        pending={pending}
        submitError={problem}
        disabledReason={password === '' || code.trim().length < 6 ? 'Type your password and a code.' : undefined}
        onSubmit={() => onSubmit({ password, code: code.trim() })}
        onCancel={onClose}
      >
        <Field
          label="Password"
          name="password"
          type="password"
          value={password}
          onChange={(typed) => setProof({ ...proof, password: typed })}
          error={problem?.code === 'wrong_credentials' ? 'This is not your password.' : undefined}
          autoComplete="current-password"
        />
        <Field
          label="One-time code"
          name="code"
          value={code}
          onChange={(typed) => setProof({ ...proof, code: typed })}
          error={wrongCode ? 'This code does not fit, or was used before.' : undefined}
          help="Of your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          maxLength={32}
          isMono
        />
      </Form>
    </OnceDialog>
  );
}

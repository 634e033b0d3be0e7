'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { QRCodeSVG } from 'qrcode.react';
import { useEffect, useEffectEvent, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { recoveryCodesOnce } from '#resources/recovery-codes.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { Field } from '#ui/field.tsx';
import { Form } from '#ui/form.tsx';
import { OnceDialog } from '#ui/once-dialog.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

/** Turns one-time codes on: a seed for the app, a code of the app that proves it is there, and recovery codes. */
export function TotpSetUp({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const begin = useMutation(trpc.totp.begin.mutationOptions());
  const confirm = useMutation(trpc.totp.confirm.mutationOptions());
  const onOpen = useEffectEvent(() => begin.mutate());
  useEffect(() => onOpen(), []);
  const close = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.totp.pathKey() });
    onClose();
  };
  return (
    <OnceDialog
      once={confirm.data && recoveryCodesOnce(confirm.data.recoveryCodes, user?.name ?? '')}
      onClose={close}
      title="Set up one-time codes"
      description="Scan the picture with an authenticator app, then type the code that the app shows. From then on signing in asks for one."
    >
      {begin.error && <ProblemNote problem={problemOf(begin.error)} />}
      {begin.data ? <Seed {...begin.data} /> : !begin.error && <Skeleton className="mx-auto size-46" />}
      <CodeForm
        isReady={begin.data !== undefined}
        isPending={confirm.isPending}
        error={confirm.error}
        onSubmit={(code) => confirm.mutate({ code })}
        onCancel={close}
      />
    </OnceDialog>
  );
}

/** The seed as a picture, and as text for an app without a camera. */
function Seed({ uri, secret }: { uri: string; secret: string }) {
  return (
    <div className="grid justify-items-center gap-3">
      {/* Black on white in both themes: many cameras do not read it the other way about. */}
      <div className="rounded-control border bg-[white] p-1">
        <QRCodeSVG value={uri} size={176} marginSize={4} title="QR code for your authenticator app" role="img" />
      </div>
      <div className="grid min-w-0 justify-items-center gap-0.5 text-center">
        <p className="text-ink-muted text-meta">No camera? Type this into the app:</p>
        <figure aria-label="Secret" className="inline-flex max-w-full items-center gap-1">
          <code className="numeric break-all">{secret.match(/.{1,4}/g)?.join(' ')}</code>
          <CopyButton text={secret} what="secret" />
        </figure>
      </div>
    </div>
  );
}

type CodeFormProps = {
  isReady: boolean;
  isPending: boolean;
  error: unknown;
  onSubmit: (code: string) => void;
  onCancel: () => void;
};

function CodeForm({ isReady, isPending, error, onSubmit, onCancel }: CodeFormProps) {
  const [code, setCode] = useState('');
  const missing = isReady ? 'Type the code that the app shows.' : 'The secret is on its way.';
  return (
    <Form
      label="Set up one-time codes"
      submitLabel="Turn on one-time codes"
      pending={isPending}
      submitError={error ? problemOf(error) : undefined}
      disabledReason={isReady && /^\d{6}$/.test(code.replaceAll(' ', '')) ? undefined : missing}
      onSubmit={() => onSubmit(code)}
      onCancel={onCancel}
    >
      <Field
        label="Code from the app"
        name="code"
        value={code}
        onChange={setCode}
        placeholder="000000"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={7}
        isMono
      />
    </Form>
  );
}

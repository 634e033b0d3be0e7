'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { saveFile } from '#client/save-file.ts';
import { useTRPC } from '#client/trpc.tsx';
import { type GeneratedKeyPair, generateKeyPair, whyNoKeys } from '#resources/key-pair-generate.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { type Once, OnceDialog } from '#ui/once-dialog.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';
import { CreateForm } from './create-form.tsx';

type KeyPairCreateProps = { onClose: () => void; onCreated?: (name: string) => void };
type Way = 'paste' | 'generate';
type MadeHere = GeneratedKeyPair & { name: string };

/** Registers a public key: pasted, or made here with its private half shown once and never sent. */
export function KeyPairCreate({ onClose, onCreated }: KeyPairCreateProps) {
  const [generated, setGenerated] = useState<MadeHere>();
  return (
    <OnceDialog
      once={generated && privateKeyOnce(generated)}
      onClose={onClose}
      title="New key pair"
      description="The public half goes into servers that you make; the private half stays with you and logs you in."
    >
      <KeyPairForm
        onClose={onClose}
        onCreated={(name, pair) => {
          onCreated?.(name);
          if (pair) setGenerated({ ...pair, name });
          else onClose();
        }}
      />
    </OnceDialog>
  );
}

type OnCreated = (name: string, pair: GeneratedKeyPair | undefined) => void;

function KeyPairForm({ onClose, onCreated }: { onClose: () => void; onCreated: OnCreated }) {
  const [way, setWay] = useState<Way>('paste');
  const [name, setName] = useState('');
  const [pasted, setPasted] = useState('');
  const { register, isPending, problem } = useRegistration(onCreated);
  const paste = (text: string) => {
    setPasted(text);
    const [kind = '', , ...comment] = text.trim().split(/\s+/);
    if (name === '' && /^(ssh|ecdsa|sk)-/.test(kind)) setName(comment.join(' '));
  };
  const isPaste = way === 'paste';
  const impossible = isPaste ? undefined : whyNoKeys();
  const wrong = isPaste && pasted.includes('PRIVATE KEY') ? privateKeyPasted : undefined;
  const missing = name === '' ? 'Give it a name.' : isPaste && !pasted.trim() ? 'Paste a public key.' : undefined;
  return (
    <CreateForm
      of="user"
      needs={{ keyPairs: 1 }}
      label="New key pair"
      submitLabel={isPaste ? 'Add key pair' : 'Generate key pair'}
      onCancel={onClose}
      pending={isPending}
      submitError={problem}
      disabledReason={impossible ?? wrong ?? missing}
      onSubmit={() => register(name, isPaste ? pasted.trim() : undefined)}
    >
      <SegmentedControl<Way>
        label="How"
        value={way}
        onChange={setWay}
        options={[
          { value: 'paste', label: 'Paste a public key' },
          { value: 'generate', label: 'Generate here' },
        ]}
      />
      {isPaste && <PublicKeyField value={pasted} onChange={paste} error={wrong} />}
      <Field label="Name" name="name" value={name} onChange={setName} placeholder="laptop" autoComplete="off" />
      {!isPaste && (
        <p className="text-ink-muted text-table">
          {impossible ?? 'Made in this browser. The private key is shown once and is never sent to Unkai.'}
        </p>
      )}
    </CreateForm>
  );
}

const privateKeyPasted = 'This is a private key. Paste the file that ends in .pub.';

type PublicKeyFieldProps = { value: string; onChange: (text: string) => void; error: string | undefined };

function PublicKeyField({ value, onChange, error }: PublicKeyFieldProps) {
  return (
    <TextArea
      label="Public key"
      name="publicKey"
      value={value}
      onChange={onChange}
      rows={4}
      placeholder="ssh-ed25519 AAAA… you@laptop"
      help={
        <>
          The content of <code className="numeric">~/.ssh/id_ed25519.pub</code>. Never paste a private key.
        </>
      }
      error={error}
    />
  );
}

/** Registers a public key; without one it makes a pair here first. */
function useRegistration(onCreated: OnCreated) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [cannotGenerate, setCannotGenerate] = useState<Problem>();
  const create = useMutation(trpc.keyPair.create.mutationOptions());
  const send = async (name: string, publicKey: string | undefined) => {
    const pair = publicKey === undefined ? await generateKeyPair(name) : { publicKey };
    await create.mutateAsync({ name, publicKey: pair.publicKey });
    void queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.keyPair.pathKey() });
    onCreated(name, 'privateKey' in pair ? pair : undefined);
  };
  const register = (name: string, publicKey: string | undefined) => {
    setCannotGenerate(undefined);
    send(name, publicKey).catch((error: unknown) => {
      // The mutation shows its own error; what is left is the browser that could not make a key.
      if (error instanceof DOMException) setCannotGenerate(generationProblem(error));
    });
  };
  return { register, isPending: create.isPending, problem: create.error ? problemOf(create.error) : cannotGenerate };
}

function generationProblem(error: DOMException): Problem {
  return {
    type: '',
    code: 'internal',
    status: 500,
    title: 'This browser could not make a key',
    detail: error.message,
    next: 'Run "ssh-keygen -t ed25519" in a terminal and paste the .pub file.',
    requestId: '',
  };
}

function privateKeyOnce({ name, privateKey }: MadeHere): Once {
  const fileName = `${name.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.key`;
  return {
    title: `Keep the private key of ${name}`,
    description: 'It is shown now and never again; Unkai has only the public half.',
    kept: 'I have kept the private key',
    content: (
      <>
        <div className="max-h-64 overflow-y-auto">
          <CodeBlock code={privateKey} label="Private key" />
        </div>
        <div className="grid gap-1.5">
          <p className="text-ink-muted text-table">Save it, then let only yourself read it:</p>
          <CodeBlock code={`chmod 600 ${fileName}`} label="Command" />
        </div>
      </>
    ),
    actions: (
      <Button icon={<Download aria-hidden size={14} />} onClick={() => saveFile(privateKey, fileName)}>
        Download private key
      </Button>
    ),
  };
}

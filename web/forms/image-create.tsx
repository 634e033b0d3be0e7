'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@unkai/contracts/errors';
import { type DiskFormat, diskFormat } from '@unkai/contracts/resources/image';
import { useRef, useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { sendFile } from '#client/send-file.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { bytes } from '#ui/amounts.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { FileField } from '#ui/file-field.tsx';
import { Meter } from '#ui/meter.tsx';
import { Select } from '#ui/select.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import { CreateForm } from './create-form.tsx';

type Draft = { name: string; format: DiskFormat; loginUser: string; file: File | undefined };
type Progress = { sent: number; total: number };

const formats = [
  { value: 'qcow2', label: 'qcow2' },
  { value: 'raw', label: 'raw: the disk as it is' },
];

/** What a file is by its name, where that says it. */
const formatOf = (name: string): DiskFormat | undefined =>
  /\.(?:qcow2|img)$/i.test(name) ? 'qcow2' : /\.raw$/i.test(name) ? 'raw' : undefined;

/** Makes an image of the project from a file of the reader's. */
export function ImageCreate({ project, onClose }: { project: string; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>({ name: '', format: 'qcow2', loginUser: '', file: undefined });
  const change = (some: Partial<Draft>) => setDraft((present) => ({ ...present, ...some }));
  const { send, giveUp, progress, isPending, problem } = useSending(project, onClose);
  const missing =
    draft.file === undefined ? 'Choose the file.' : draft.name.trim() === '' ? 'Give it a name.' : undefined;
  const close = () => {
    giveUp();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title="Create image"
      description="The file is sent to this cloud, checked there, and only then offered to new servers."
    >
      <CreateForm
        of={{ project }}
        needs={{ images: 1, imageBytes: draft.file?.size ?? 0 }}
        price={{ kind: 'image', unit: 'GiB' }}
        label="Create image"
        submitLabel="Create image"
        onCancel={close}
        pending={isPending}
        submitError={problem}
        disabledReason={missing}
        onSubmit={() => void send(draft)}
      >
        <DraftFields draft={draft} change={change} />
        {progress && <Meter label="Sent" used={progress.sent} limit={progress.total} write={bytes} />}
      </CreateForm>
    </Dialog>
  );
}

type DraftFieldsProps = { draft: Draft; change: (changed: Partial<Draft>) => void };

function DraftFields({ draft, change }: DraftFieldsProps) {
  return (
    <>
      <FileField
        label="File"
        name="file"
        accept=".qcow2,.img,.raw"
        onChange={(file) => change({ file, ...fromName(file, draft) })}
        help={draft.file ? bytes(draft.file.size) : 'A disk as qcow2 or raw.'}
      />
      <Field
        label="Name"
        name="name"
        value={draft.name}
        onChange={(name) => change({ name })}
        placeholder="debian-12"
        autoComplete="off"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Format"
          name="diskFormat"
          value={draft.format}
          onChange={(format) => change({ format: diskFormat.catch('qcow2').parse(format) })}
          options={formats}
        />
        <Field
          label="Log in as"
          name="loginUser"
          value={draft.loginUser}
          onChange={(loginUser) => change({ loginUser })}
          placeholder="debian"
          autoComplete="off"
          isMono
          isOptional
        />
      </div>
    </>
  );
}

/** What the name of a file says of an image that has not been said otherwise. */
function fromName(file: File | undefined, { name }: Draft): Partial<Draft> {
  const format = file && formatOf(file.name);
  return {
    ...(format && { format }),
    ...(file && name === '' && { name: file.name.replace(/\.[^.]*$/, '') }),
  };
}

/** Announces the image, then sends its bytes. What is given up half-way, or refused, leaves nothing behind. */
function useSending(project: string, onClose: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const toast = useToast();
  const sending = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [refused, setRefused] = useState<Problem>();
  const { mutateAsync, isPending, error } = useMutation(trpc.image.create.mutationOptions());
  const sendBytes = async (id: string, file: File) => {
    const abort = new AbortController();
    sending.current = abort;
    const onProgress = (sent: number, total: number) => setProgress({ sent, total });
    return sendFile(paths.apiImageFile({ image: id }), file, { onProgress, signal: abort.signal });
  };
  const send = async ({ name, format, loginUser, file }: Draft) => {
    if (file === undefined) return;
    setRefused(undefined);
    setProgress({ sent: 0, total: file.size });
    const user = loginUser.trim() === '' ? {} : { loginUser: loginUser.trim() };
    const asked = { projectId: project, name: name.trim(), diskFormat: format, ...user };
    // What the API says of the announcement is shown from the mutation's own error.
    const made = await mutateAsync(asked).catch(() => undefined);
    const problem = made && (await sendBytes(made.id, file).catch(() => 'given up' as const));
    if (made && problem) await client.image.delete.mutate({ id: made.id }).catch(() => undefined);
    void queryClient.invalidateQueries({ queryKey: trpc.image.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.limits.pathKey() });
    setProgress(undefined);
    if (problem === 'given up') return;
    setRefused(problem);
    if (!made || problem) return;
    toast({ tone: 'ok', title: `${made.name} is sent, and being checked` });
    onClose();
  };
  return {
    send,
    giveUp: () => sending.current?.abort(),
    progress,
    isPending: isPending || progress !== undefined,
    problem: error ? problemOf(error) : refused,
  };
}

'use client';
import type { ApplicationCredential } from '@unkai/contracts/resources/application-credential';
import { useState } from 'react';
import { DownloadButton } from '#resources/file-to-keep.tsx';
import { authUrlOf, cloudsYamlOfProgram, openrcOfProgram } from '#resources/openstack-files.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import type { Once } from '#ui/once-dialog.tsx';
import { SegmentedControl } from '#ui/tabs.tsx';

type Kind = 'clouds.yaml' | 'openrc';
type Made = Pick<ApplicationCredential, 'id' | 'name'> & { secret: string };

/** The secret of an application credential at the one time when it can be seen, and the files that carry it. */
export function useSecretOnce(made: Made | undefined): Once | undefined {
  const [kind, setKind] = useState<Kind>('clouds.yaml');
  if (!made) return undefined;
  const { id, name, secret } = made;
  const login = { authUrl: authUrlOf(window.location.origin), id, secret };
  const text = kind === 'openrc' ? openrcOfProgram(login) : cloudsYamlOfProgram(login);
  return {
    title: `Keep the secret of ${name}`,
    description: 'It is shown now and never again: only its hash is kept. Both files hold it.',
    kept: 'I have kept the secret',
    actions: <DownloadButton name={kind} text={text} />,
    content: (
      <div className="grid min-w-0 grid-cols-1 gap-3">
        <Labelled label="Id" code={id} />
        <Labelled label="Secret" code={secret} />
        <SegmentedControl<Kind> label="File" value={kind} onChange={setKind} options={kinds} />
        <div className="max-h-48 overflow-y-auto">
          <CodeBlock code={text} label={kind} />
        </div>
      </div>
    ),
  };
}

const kinds = [
  { value: 'clouds.yaml', label: 'clouds.yaml' },
  { value: 'openrc', label: 'openrc' },
] as const;

function Labelled({ label, code }: { label: string; code: string }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-1">
      <p className="text-ink-muted text-meta">{label}</p>
      <CodeBlock code={code} label={label} />
    </div>
  );
}

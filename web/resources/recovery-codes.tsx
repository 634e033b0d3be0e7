'use client';
import { Download } from 'lucide-react';
import { saveFile } from '#client/save-file.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import type { Once } from '#ui/once-dialog.tsx';

/** The recovery codes of an account, at the one time when they can be seen. */
export function recoveryCodesOnce(codes: readonly string[], account: string): Once {
  const head = [`Recovery codes of ${account} at ${window.location.origin}`, 'Each counts once.', ''];
  const save = () => saveFile([...head, ...codes, ''].join('\n'), 'unkai-recovery-codes.txt');
  return {
    title: 'Keep your recovery codes',
    description:
      'Each signs you in once when your authenticator app is not at hand. They are shown now and never again; whoever has one of them and your password gets in.',
    kept: 'I have kept the recovery codes',
    content: <CodeBlock code={codes.join('\n')} label="Recovery codes" />,
    actions: (
      <Button icon={<Download aria-hidden size={14} />} onClick={save}>
        Download recovery codes
      </Button>
    ),
  };
}

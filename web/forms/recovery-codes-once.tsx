'use client';
import { Download } from 'lucide-react';
import { saveFile } from '#client/save-file.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { ShownOnce } from '#ui/shown-once.tsx';

type RecoveryCodesOnceProps = { codes: readonly string[]; account: string; onClose: () => void };

/** The recovery codes, at the one time when they can be seen. */
export function RecoveryCodesOnce({ codes, account, onClose }: RecoveryCodesOnceProps) {
  const text = codes.join('\n');
  const file = [`Recovery codes of ${account} at ${window.location.origin}`, 'Each counts once.', '', ...codes, ''];
  return (
    <ShownOnce
      isOpen
      title="Keep your recovery codes"
      description="Each signs you in once when your authenticator app is not at hand. They are shown now and never again; whoever has one of them and your password gets in."
      kept="I have kept the recovery codes"
      onClose={onClose}
      actions={
        <Button
          icon={<Download aria-hidden size={14} />}
          onClick={() => saveFile(file.join('\n'), 'unkai-recovery-codes.txt')}
        >
          Download recovery codes
        </Button>
      }
    >
      <CodeBlock code={text} label="Recovery codes" />
    </ShownOnce>
  );
}

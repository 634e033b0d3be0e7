'use client';
import { Download } from 'lucide-react';
import { saveFile } from '#client/save-file.ts';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';

type FileToKeepProps = { name: string; text: string; label: string };

/** A file as it will be, with ways to copy and to keep it. */
export function FileToKeep({ name, text, label }: FileToKeepProps) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <div className="max-h-72 overflow-y-auto">
        <CodeBlock code={text} label={label} />
      </div>
      <DownloadButton name={name} text={text} />
    </div>
  );
}

export function DownloadButton({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <Button icon={<Download aria-hidden size={14} />} onClick={() => saveFile(text, name)}>
        Download {name}
      </Button>
    </div>
  );
}

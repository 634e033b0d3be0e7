import { CopyButton } from './copy.tsx';

type CodeBlockProps = { code: string; label: string; isWrapped?: boolean };

/** Text to copy into a terminal or a file. `label` says what it is; it is always drawn as text. */
export function CodeBlock({ code, label, isWrapped = false }: CodeBlockProps) {
  return (
    <figure aria-label={label} className="relative min-w-0 rounded-control border bg-raised">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto py-2 pr-11 pl-3 text-left text-meta leading-5 [scrollbar-width:thin]"
      >
        <code className={isWrapped ? 'whitespace-pre-wrap break-all' : ''}>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5 rounded-control bg-raised">
        <CopyButton text={code} what={label.toLowerCase()} />
      </div>
    </figure>
  );
}

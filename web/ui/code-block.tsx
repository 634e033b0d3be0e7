import { CopyButton } from './copy.tsx';

/** Text to copy into a terminal or a file. `label` says what it is; it is always drawn as text. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure aria-label={label} className="flex min-w-0 items-start rounded-control border bg-raised">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-w-0 grow overflow-x-auto px-3 py-2 text-left text-meta leading-5 [scrollbar-width:thin]"
      >
        <code>{code}</code>
      </pre>
      <div className="shrink-0 p-1.5">
        <CopyButton text={code} what={label.toLowerCase()} />
      </div>
    </figure>
  );
}

'use client';
import { BookOpen } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

type DocsPopoverProps = { title: string; children: ReactNode; links?: readonly { href: string; label: string }[] };

/** What the page is about in one or two sentences, with the links that say more. */
export function DocsPopover({ title, children, links = [] }: DocsPopoverProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton aria-label={`About ${title.toLowerCase()}`}>
          <BookOpen aria-hidden size={16} />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`About ${title.toLowerCase()}`}
          className="z-50 grid w-80 animate-rise gap-2 rounded-panel border bg-overlay p-4 text-table shadow-float"
        >
          <p className="font-semibold">{title}</p>
          <div className="text-ink-muted">{children}</div>
          {links.map((link) => (
            <a key={link.href} href={link.href} className="text-accent-ink underline-offset-4 hover:underline">
              {link.label}
            </a>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

'use client';
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export const TooltipProvider = Radix.Provider;

type TooltipProps = { content: ReactNode | undefined; children: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left' };

/**
 * A word or sentence about the control it wraps, on hover and on keyboard focus. The child must take a ref. Without
 * content the control is the same element still, so that it keeps the focus when a reason comes or goes.
 */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      {content !== undefined && (
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-w-72 animate-fade rounded-control border bg-overlay px-2 py-1 text-meta text-ink shadow-float"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      )}
    </Radix.Root>
  );
}

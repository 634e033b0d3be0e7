'use client';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent-fill text-on-accent border-transparent hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line hover:bg-raised hover:border-line-strong',
  quiet: 'border-transparent text-ink-muted hover:text-ink hover:bg-raised',
  danger: 'bg-surface text-bad-ink border-line hover:bg-bad-wash hover:border-bad',
};
const disabledLook = 'cursor-not-allowed bg-raised text-ink-faint border-line';
const shape =
  'control relative inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 overflow-hidden whitespace-nowrap border font-medium text-table transition-colors select-none';

/** The look of a button, for the few elements that are one without being a `Button`. */
export function buttonClasses(variant: ButtonVariant, isIcon = false): string {
  return classes(shape, isIcon ? 'w-8 px-0 max-md:w-11' : 'px-3', variants[variant]);
}

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled' | 'className'> & {
  variant?: ButtonVariant;
  icon?: ReactNode;
  /** Why the button cannot be used now; it stays in the tab order so that the reason can be read. */
  disabledReason?: string | undefined;
  /** The act has been sent and is not answered yet. */
  pending?: boolean;
};

/** A button that says verb + noun. Disabled only ever with a reason. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', icon, disabledReason, pending = false, children, onClick, ...rest } = props;
  const isBlocked = disabledReason !== undefined || pending;
  return (
    <Tooltip content={disabledReason}>
      <button
        type="button"
        {...rest}
        aria-disabled={isBlocked || undefined}
        aria-description={disabledReason}
        aria-busy={pending || undefined}
        onClick={(event) => (isBlocked ? event.preventDefault() : onClick?.(event))}
        className={classes(shape, 'px-3', disabledReason === undefined ? variants[variant] : disabledLook)}
      >
        {icon}
        {children}
        {pending && <span aria-hidden className="absolute bottom-0 left-0 h-0.5 w-1/3 animate-run bg-current" />}
      </button>
    </Tooltip>
  );
}

type ButtonLinkProps = ComponentProps<typeof Link> & { variant?: ButtonVariant; icon?: ReactNode };

/** A link that looks like a button because it starts something. */
export function ButtonLink({ variant = 'secondary', icon, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={classes(shape, 'px-3', variants[variant])}>
      {icon}
      {children}
    </Link>
  );
}

type IconButtonProps = Omit<ButtonProps, 'icon' | 'children' | 'aria-label'> & {
  /** 24 px, for use inside a line of text. */
  isInline?: boolean;
  /** What a screen reader says and the tooltip shows: the type demands it, since an icon has no words. */
  'aria-label': string;
  children: ReactNode;
};

/** A square button with an icon only. */
export function IconButton(props: IconButtonProps) {
  const { variant = 'quiet', disabledReason, pending = false, isInline = false, onClick, children, ...rest } = props;
  const isBlocked = disabledReason !== undefined || pending;
  return (
    <Tooltip content={disabledReason ?? props['aria-label']}>
      <button
        type="button"
        {...rest}
        aria-disabled={isBlocked || undefined}
        aria-description={disabledReason}
        onClick={(event) => (isBlocked ? event.preventDefault() : onClick?.(event))}
        className={classes(
          shape,
          isInline ? 'h-6! w-6 px-0' : 'w-8 px-0 max-md:w-11',
          disabledReason === undefined ? variants[variant] : 'cursor-not-allowed border-transparent text-ink-faint',
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}

'use client';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

type MenuProps = { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end' };

/** A menu of actions below its trigger, which must be a button that takes a ref. */
export function Menu({ trigger, children, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 max-w-80 animate-rise rounded-panel border bg-overlay p-1 text-table shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemClasses =
  'flex min-h-8 max-md:min-h-11 w-full flex-col justify-center rounded-control px-2 py-1 outline-none select-none data-highlighted:bg-raised';

type MenuItemProps = Pick<ComponentProps<typeof DropdownMenu.Item>, 'onSelect' | 'asChild'> & {
  children: ReactNode;
  isDanger?: boolean;
  /** Why the action cannot be had now; shown below its name, so that it can be read without a pointer. */
  disabledReason?: string | undefined;
};

/** One action. A disabled one stays in the menu and can be reached, with its reason. */
export function MenuItem({ children, isDanger = false, disabledReason, onSelect, asChild = false }: MenuItemProps) {
  if (disabledReason !== undefined) {
    return (
      <DropdownMenu.Item
        aria-disabled
        onSelect={(event) => event.preventDefault()}
        className={classes(itemClasses, 'cursor-not-allowed text-ink-faint')}
      >
        {children}
        <span className="text-meta">{disabledReason}</span>
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.Item
      asChild={asChild}
      {...(onSelect && { onSelect })}
      className={classes(itemClasses, isDanger ? 'text-bad-ink' : 'text-ink')}
    >
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1 text-ink-faint text-meta">{children}</DropdownMenu.Label>;
}

type MenuChoiceProps<Value extends string> = {
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** A group of which exactly one is chosen. */
export function MenuChoice<Value extends string>({ value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value}>
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          onSelect={(event) => {
            event.preventDefault();
            onChange(option.value);
          }}
          className="flex min-h-8 items-center gap-2 rounded-control px-2 text-ink-muted outline-none data-[state=checked]:text-ink data-highlighted:bg-raised max-md:min-h-11"
        >
          {option.icon}
          <span className="grow">{option.label}</span>
          <DropdownMenu.ItemIndicator className="text-accent-ink">✓</DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

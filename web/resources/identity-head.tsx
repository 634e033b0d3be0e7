'use client';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '#ui/button.tsx';
import { CopyId } from '#ui/copy.tsx';
import { Menu } from '#ui/menu.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { EnabledBadge } from './enabled.tsx';

type IdentityHeadProps = {
  /** Such as "user". */
  noun: string;
  thing: { id: string; name: string; isEnabled?: boolean; description?: string };
  /** What can be done with it, as items of a menu. */
  children: ReactNode;
};

/** The head of the page of one user, group or project. */
export function IdentityHead({ noun, thing: { id, name, isEnabled, description }, children }: IdentityHeadProps) {
  return (
    <PageHeader
      title={name}
      summary={
        <span className="flex flex-wrap items-center gap-x-3">
          {isEnabled !== undefined && <EnabledBadge isEnabled={isEnabled} />}
          <CopyId id={id} what={`${noun} id`} />
          {description}
        </span>
      }
      actions={
        <Menu
          trigger={
            <button type="button" className={buttonClasses('secondary')}>
              Actions <Ellipsis aria-hidden size={15} />
            </button>
          }
        >
          {children}
        </Menu>
      }
    />
  );
}

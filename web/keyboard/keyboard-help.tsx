'use client';
import { Checkbox } from '#ui/checkbox.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { KeyCap } from './key-cap.tsx';
import { type Key, keys } from './keys.ts';
import { singleKeys, useSingleKeys } from './single-keys.ts';

/** The keys of the portal and what each does, and whether those that are pressed alone do anything. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const areOn = useSingleKeys();
  const groups = Map.groupBy<Key['where'], Key>(Object.values(keys), ({ where }) => where);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard">
      <Checkbox
        label="Single keys do something"
        note="Turn this off when you dictate, or when a slip of the hand should do nothing. Arrow keys, Tab, Enter and what is pressed with Ctrl or ⌘ work in any case. Kept in this browser."
        isChecked={areOn}
        onChange={singleKeys.set}
      />
      {[...groups].map(([where, some]) => (
        <section key={where} aria-label={where}>
          <h3 className="pb-1 font-medium text-ink-faint text-meta">{where}</h3>
          <dl className="divide-y divide-line">
            {some.map((each) => (
              <div key={each.does} className="flex items-center justify-between gap-4 py-2">
                <dt className="order-2 shrink-0">
                  <KeyCap of={each} />
                </dt>
                <dd className="text-table">
                  {each.does}
                  {!areOn && isSingle(each) && <span className="text-ink-muted"> · off</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

/** Whether it is a letter or a sign that is pressed alone. */
function isSingle({ key, isWithCommand }: Key): boolean {
  return !isWithCommand && key.length === 1;
}

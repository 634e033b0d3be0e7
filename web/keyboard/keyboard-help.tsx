'use client';
import { Dialog } from '#ui/dialog.tsx';
import { KeyCap } from './key-cap.tsx';
import { type Key, keys } from './keys.ts';

/** The keys of the portal and what each does. */
export function KeyboardHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const groups = Map.groupBy<Key['where'], Key>(Object.values(keys), ({ where }) => where);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard">
      {[...groups].map(([where, some]) => (
        <section key={where} aria-label={where}>
          <h3 className="pb-1 font-medium text-ink-faint text-meta">{where}</h3>
          <dl className="divide-y divide-line">
            {some.map((each) => (
              <div key={each.does} className="flex items-center justify-between gap-4 py-2">
                <dt className="order-2 shrink-0">
                  <KeyCap of={each} />
                </dt>
                <dd className="text-table">{each.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

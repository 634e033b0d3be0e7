'use client';
import { type WebhookEvent, webhookEventNames, webhookEvents } from '@unkai/contracts/resources/webhook';
import { Checkbox } from '#ui/checkbox.tsx';

const byNoun = Map.groupBy(webhookEventNames, (name) => name.split('.')[0] ?? name);

type WebhookEventFieldsProps = {
  chosen: ReadonlySet<WebhookEvent>;
  onChange: (chosen: ReadonlySet<WebhookEvent>) => void;
};

/** Every event by noun, to tick. */
export function WebhookEventFields({ chosen, onChange }: WebhookEventFieldsProps) {
  const tick = (name: WebhookEvent, isTicked: boolean) => {
    const changed = new Set(chosen);
    if (isTicked) changed.add(name);
    else changed.delete(name);
    onChange(changed);
  };
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1.5 font-medium text-table">Events</legend>
      {[...byNoun].map(([noun, names]) => (
        <fieldset
          key={noun}
          aria-label={noun}
          className="grid items-baseline gap-x-4 md:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <span aria-hidden className="numeric text-ink-muted text-table">
            {noun}
          </span>
          <div className="flex flex-wrap gap-x-4 text-table">
            {names.map((name) => (
              <Checkbox
                key={name}
                label={<span title={webhookEvents[name]}>{name.split('.')[1]}</span>}
                isChecked={chosen.has(name)}
                onChange={(isTicked) => tick(name, isTicked)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </fieldset>
  );
}

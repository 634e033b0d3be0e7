import { CircleAlert, CircleCheck, CircleDashed, CirclePause, LoaderCircle, TriangleAlert } from 'lucide-react';
import { classes } from './classes.ts';

export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle' | 'off';

const looks = {
  ok: { icon: CircleCheck, colour: 'text-ok-ink' },
  busy: { icon: LoaderCircle, colour: 'text-busy-ink' },
  warn: { icon: TriangleAlert, colour: 'text-warn-ink' },
  bad: { icon: CircleAlert, colour: 'text-bad-ink' },
  idle: { icon: CircleDashed, colour: 'text-ink-faint' },
  off: { icon: CirclePause, colour: 'text-ink-faint' },
} satisfies Record<Tone, { icon: typeof CircleCheck; colour: string }>;

/** A state as icon, word and colour: never by colour alone. */
export function StateBadge({ tone, word }: { tone: Tone; word: string }) {
  const { icon: Icon, colour } = looks[tone];
  return (
    <span className={classes('inline-flex items-center gap-1.5 whitespace-nowrap align-middle font-medium', colour)}>
      <Icon
        aria-hidden
        size={14}
        strokeWidth={2.25}
        className={tone === 'busy' ? 'animate-spin [animation-duration:1.6s]' : ''}
      />
      {word}
    </span>
  );
}

'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Mail, mailCan, mailStates } from '@unkai/contracts/resources/mail';
import { Mails } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ageColumn } from '#resources/columns.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { OnceDialog } from '#ui/once-dialog.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { useToast } from '#ui/toast.tsx';

const about =
  'Letters that this cloud writes: sign-ups, passwords, invites. Without a mail server they are held here, and each can be shown once, to be handed over in another way.';

const tones: Record<Mail['state'], Tone> = { queued: 'busy', held: 'warn', sent: 'ok', failed: 'bad', shown: 'off' };

type Letter = Mail & { readonly name: string };

const columns: readonly Column<Letter>[] = [
  {
    header: 'State',
    cell: ({ state, lastError }) => (
      <span title={lastError ?? mailStates[state]}>
        <StateBadge tone={tones[state]} word={state} />
      </span>
    ),
    sortBy: ({ state }) => state,
    isPhoneAside: true,
  },
  { header: 'Subject', cell: ({ subject }) => subject, sortBy: ({ subject }) => subject },
  {
    header: 'What the server said',
    cell: ({ lastError }) => <span className="block max-w-xs truncate text-ink-muted">{lastError ?? '—'}</span>,
    isMinor: true,
  },
  ageColumn,
];

/** The outbox, for operators: what waits, what failed, and what there was no server for. */
export function MailList() {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.mail.list.queryOptions(
      { limit: 200 },
      {
        refetchInterval: 5_000,
        select: ({ items, nextCursor }) => ({
          items: items.map((mail): Letter => ({ ...mail, name: mail.recipient })),
          nextCursor,
        }),
      },
    ),
  );
  const acts = useActs();
  const { shown, close } = acts;
  return (
    <>
      <ListPage
        title="Mail"
        one="letter"
        about={about}
        icon={<Mails aria-hidden size={18} />}
        list={list}
        neededRole="reader on the system"
        text={({ recipient, subject, state }) => `${recipient} ${subject} ${state}`}
        nameHeader="To"
        columns={columns}
        phoneNote={({ subject }) => subject}
        menu={(mail) => <LetterMenu mail={mail} acts={acts} />}
      />
      {shown && <ShownLetter {...shown} onClose={close} />}
    </>
  );
}

function LetterMenu({ mail, acts }: { mail: Mail; acts: ReturnType<typeof useActs> }) {
  const denial = useSystemDenial();
  return (
    <>
      <MenuItem
        disabledReason={denial('mail:reveal') ?? mailCan.reveal.reason(mail) ?? undefined}
        onSelect={() => acts.reveal(mail)}
      >
        Show once
      </MenuItem>
      <MenuItem
        disabledReason={denial('mail:send') ?? mailCan.send.reason(mail) ?? undefined}
        onSelect={() => acts.send(mail)}
      >
        Send now
      </MenuItem>
      <MenuItem isDanger disabledReason={denial('mail:delete')} onSelect={() => acts.forget(mail)}>
        Forget
      </MenuItem>
    </>
  );
}

type ShownLetterProps = { recipient: string; subject: string; text: string; onClose: () => void };

function ShownLetter({ recipient, subject, text, onClose }: ShownLetterProps) {
  const once = {
    title: subject,
    description: `For ${recipient}. It is shown this once; its link is as good as a password.`,
    kept: 'I have handed the letter over',
    content: <CodeBlock code={text} label="Letter" />,
  };
  return <OnceDialog once={once} title={subject} onClose={onClose} />;
}

/** What can be done with a letter; each asks the list again. */
function useActs() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [shown, setShown] = useState<{ recipient: string; subject: string; text: string }>();
  const told = {
    onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.mail.pathKey() }),
    onError: (failed: unknown) =>
      toast({ tone: 'bad', title: 'Nothing was done with the letter', detail: problemOf(failed).detail }),
  };
  const reveal = useMutation(trpc.mail.reveal.mutationOptions({ ...told, onSuccess: setShown }));
  const send = useMutation(trpc.mail.send.mutationOptions(told));
  const forget = useMutation(trpc.mail.delete.mutationOptions(told));
  return {
    reveal: ({ id }: Mail) => reveal.mutate({ id }),
    send: ({ id }: Mail) => send.mutate({ id }),
    forget: ({ id }: Mail) => forget.mutate({ id }),
    shown,
    close: () => setShown(undefined),
  };
}

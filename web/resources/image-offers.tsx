'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { Button } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { useSettled } from './identity.ts';
import { useDenial } from './project.ts';

type Answer = { id: string; name: string; state: 'accepted' | 'rejected' };

/** Images that other projects share with this one and that it has not answered; nothing where there are none. */
export function ImageOffers({ project }: { project: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const settled = useSettled(() => undefined);
  const denial = useDenial(project)('image-member:update');
  const { data } = useQuery(trpc.image.list.queryOptions({ projectId: project, memberState: 'pending' }));
  const offered = data?.items;
  const answer = useMutation({
    mutationFn: ({ id, state }: Answer) => client.imageMember.update.mutate({ id, projectId: project, state }),
    onSuccess: (_, { name, state }) =>
      settled(state === 'accepted' ? `${name} is in the list` : `${name} is not taken`),
  });
  if (offered === undefined || offered.length === 0) return null;
  return (
    <div className="mb-4">
      <Panel title="Offered to this project" note="by others who share them">
        {answer.error && <ProblemNote problem={problemOf(answer.error)} />}
        <ul className="grid gap-1 text-table">
          {offered.map(({ id, name }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 grow truncate font-medium">{name}</span>
              <Button
                aria-label={`Accept ${name}`}
                disabledReason={denial}
                onClick={() => answer.mutate({ id, name, state: 'accepted' })}
              >
                Accept
              </Button>
              <Button
                variant="quiet"
                aria-label={`Reject ${name}`}
                disabledReason={denial}
                onClick={() => answer.mutate({ id, name, state: 'rejected' })}
              >
                Reject
              </Button>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { VolumeType } from '@unkai/contracts/resources/volume-type';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { PickProject, useProjectName } from '#resources/pick-named.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import type { Picked } from '#ui/pick.tsx';
import { ProblemNote } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

/** Gives a volume type that is not public to projects, and takes it from those that have it. */
export function VolumeTypeShare({ volumeType, onClose }: { volumeType: VolumeType; onClose: () => void }) {
  const trpc = useTRPC();
  const access = useQuery(trpc.volumeType.access.queryOptions({ id: volumeType.id }));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Give ${volumeType.name} to projects`}
      description="Only these projects see it and may use it."
    >
      {access.error ? (
        <ProblemNote problem={problemOf(access.error)} />
      ) : (
        <LetIn volumeType={volumeType} projectIds={access.data?.projectIds} />
      )}
      <GiveForm volumeType={volumeType} taken={access.data?.projectIds ?? []} onClose={onClose} />
    </Dialog>
  );
}

type GiveFormProps = { volumeType: VolumeType; taken: readonly string[]; onClose: () => void };

function GiveForm({ volumeType: { id }, taken, onClose }: GiveFormProps) {
  const client = useTRPCClient();
  const [chosen, setChosen] = useState<Picked>();
  const give = useAccessChange(
    (projectId) => client.volumeType.allow.mutate({ id, projectId }),
    () => setChosen(undefined),
  );
  return (
    <Form
      label="Give to project"
      submitLabel="Give to project"
      onCancel={onClose}
      pending={give.isPending}
      submitError={give.error ? problemOf(give.error) : undefined}
      disabledReason={chosen === undefined ? 'Say which project.' : undefined}
      onSubmit={() => chosen && give.mutate(chosen.id)}
    >
      <PickProject
        label="Project"
        name="projectId"
        value={chosen}
        onChange={setChosen}
        placeholder="Choose a project"
        taken={taken}
      />
    </Form>
  );
}

function useAccessChange(change: (projectId: string) => Promise<unknown>, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.volumeType.access.pathKey() });
      onDone();
    },
  });
}

type LetInProps = { volumeType: VolumeType; projectIds: readonly string[] | undefined };

function LetIn({ volumeType: { id }, projectIds }: LetInProps) {
  const client = useTRPCClient();
  const take = useAccessChange(
    (projectId) => client.volumeType.forbid.mutate({ id, projectId }),
    () => undefined,
  );
  if (projectIds === undefined) return <Skeleton className="h-8" />;
  if (projectIds.length === 0) return <p className="text-ink-muted text-table">No project has it yet.</p>;
  return (
    <>
      {take.error && <ProblemNote problem={problemOf(take.error)} />}
      <ul aria-label="Given to" className="grid gap-1 text-table">
        {projectIds.map((projectId) => (
          <LetInProject
            key={projectId}
            projectId={projectId}
            pending={take.isPending && take.variables === projectId}
            onTake={() => take.mutate(projectId)}
          />
        ))}
      </ul>
    </>
  );
}

function LetInProject(props: { projectId: string; pending: boolean; onTake: () => void }) {
  const name = useProjectName(props.projectId);
  return (
    <li className="flex flex-wrap items-center gap-x-3">
      <span className="min-w-0 truncate font-medium">{name}</span>
      <span className="ml-auto">
        <Button variant="quiet" aria-label={`Take away from ${name}`} pending={props.pending} onClick={props.onTake}>
          Take away
        </Button>
      </span>
    </li>
  );
}

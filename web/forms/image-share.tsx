'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Image } from '@unkai/contracts/resources/image';
import type { ImageMember } from '@unkai/contracts/resources/image-member';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useSettled } from '#resources/identity.ts';
import { PickProject } from '#resources/pick-named.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Form } from '#ui/form.tsx';
import type { Picked } from '#ui/pick.tsx';
import { Skeleton } from '#ui/skeleton.tsx';

const words: Record<ImageMember['state'], string> = {
  pending: 'has not answered',
  accepted: 'has it in its list',
  rejected: 'does not want it',
};

/** Offers an image to further projects, and takes it from those that have it. */
export function ImageShare({ image, onClose }: { image: Image; onClose: () => void }) {
  const trpc = useTRPC();
  const projects = useQuery(trpc.session.current.queryOptions()).data?.projects ?? [];
  const members = useQuery(trpc.imageMember.list.queryOptions({ id: image.id })).data?.items;
  const taken = [image.projectId, ...(members ?? []).map(({ projectId }) => projectId)].filter((id) => id !== null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Share ${image.name}`}
      description="A project that it is shared with is asked, and has it in its list once it accepts."
    >
      <Members image={image} members={members} nameOf={(id) => projects.find((each) => each.id === id)?.name ?? id} />
      <ShareForm image={image} taken={taken} onClose={onClose} />
    </Dialog>
  );
}

type ShareFormProps = { image: Image; taken: readonly string[]; onClose: () => void };

function ShareForm({ image, taken, onClose }: ShareFormProps) {
  const [chosen, setChosen] = useState<Picked>();
  const share = useSharing(image, () => setChosen(undefined));
  return (
    <Form
      label="Share image"
      submitLabel="Share image"
      onCancel={onClose}
      pending={share.isPending}
      submitError={share.error ? problemOf(share.error) : undefined}
      disabledReason={chosen === undefined ? 'Say which project.' : undefined}
      onSubmit={() => chosen && share.mutate(chosen.id)}
    >
      <PickProject
        label="Project"
        name="projectId"
        value={chosen}
        onChange={setChosen}
        placeholder="Choose a project"
        help="One that you cannot reach is found by its id, which its members see on their overview."
        taken={taken}
        isAnyId
      />
    </Form>
  );
}

function useSharing(image: Image, onShared: () => void) {
  const client = useTRPCClient();
  const settled = useSettled(onShared);
  return useMutation({
    mutationFn: async (projectId: string) => {
      // What only its own project may use has no members; from now on it is theirs who are named.
      if (image.visibility === 'private') await client.image.update.mutate({ id: image.id, visibility: 'shared' });
      return client.imageMember.create.mutate({ id: image.id, projectId });
    },
    onSuccess: () => settled(`${image.name} is offered to the project`),
  });
}

type MembersProps = {
  image: Image;
  members: readonly ImageMember[] | undefined;
  nameOf: (projectId: string) => string;
};

function Members({ image, members, nameOf }: MembersProps) {
  const client = useTRPCClient();
  const settled = useSettled(() => undefined);
  const take = useMutation({
    mutationFn: (projectId: string) => client.imageMember.delete.mutate({ id: image.id, projectId }),
    onSuccess: () => settled(`${image.name} is taken from the project`),
  });
  if (members === undefined) return <Skeleton className="h-8" />;
  if (members.length === 0) return <p className="text-ink-muted text-table">It is shared with no project yet.</p>;
  return (
    <ul aria-label="Shared with" className="grid gap-1 text-table">
      {members.map(({ projectId, state }) => (
        <li key={projectId} className="flex flex-wrap items-center gap-x-3">
          <span className="min-w-0 truncate font-medium">{nameOf(projectId)}</span>
          <span className="text-ink-muted">{words[state]}</span>
          <span className="ml-auto">
            <Button
              variant="quiet"
              aria-label={`Take away from ${nameOf(projectId)}`}
              pending={take.isPending}
              onClick={() => take.mutate(projectId)}
            >
              Take away
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

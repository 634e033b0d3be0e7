'use client';
import { useQuery } from '@tanstack/react-query';
import { type Image, type ImageState, imageCan, imageTransitioning } from '@unkai/contracts/resources/image';
import { Box, Plus } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { usePollWithoutEvents } from '#client/live.ts';
import { problemOf } from '#client/problem.ts';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { ChangeConfirm } from '#forms/change-confirm.tsx';
import { ImageCreate } from '#forms/image-create.tsx';
import { ImageShare } from '#forms/image-share.tsx';
import { curlCommand } from '#resources/curl-command.ts';
import { ImageOffers } from '#resources/image-offers.tsx';
import { useDenial } from '#resources/project.ts';
import { ActivityItem } from '#resources/resource-activity.tsx';
import { FilterField, KeyHints, LiveBadge, useAddressValue } from '#table/filters.tsx';
import { type Column, Table } from '#table/table.tsx';
import { bytes, count } from '#ui/amounts.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { DocsPopover } from '#ui/docs-popover.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { RelativeTime } from '#ui/relative-time.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { paths } from '../../../../../paths.ts';

const looks: Record<ImageState, { tone: Tone; word: string }> = {
  queued: { tone: 'idle', word: 'waiting for bytes' },
  importing: { tone: 'busy', word: 'importing' },
  active: { tone: 'ok', word: 'ready' },
  error: { tone: 'bad', word: 'failed' },
  deleting: { tone: 'busy', word: 'deleting' },
};

const columns: readonly Column<Image>[] = [
  {
    header: 'State',
    cell: ({ state, failure }) => (
      <span className="flex items-center gap-2">
        <StateBadge {...looks[state]} />
        {failure && <span className="truncate text-ink-muted text-meta max-md:hidden">{failure.message}</span>}
      </span>
    ),
    sortBy: ({ state }) => looks[state].word,
    isPhoneAside: true,
  },
  { header: 'Format', cell: ({ diskFormat }) => diskFormat, sortBy: ({ diskFormat }) => diskFormat, isMinor: true },
  {
    header: 'Size',
    cell: ({ sizeBytes }) => <span className="numeric">{sizeBytes === null ? '' : bytes(sizeBytes)}</span>,
    sortBy: ({ sizeBytes }) => sizeBytes ?? 0,
    align: 'end',
  },
  {
    header: 'Disk it makes',
    cell: ({ virtualSizeBytes }) => (
      <span className="numeric">{virtualSizeBytes === null ? '' : bytes(virtualSizeBytes)}</span>
    ),
    sortBy: ({ virtualSizeBytes }) => virtualSizeBytes ?? 0,
    align: 'end',
    isMinor: true,
  },
  { header: 'Log in as', cell: ({ loginUser }) => <code className="numeric">{loginUser}</code>, isMinor: true },
  {
    header: 'Age',
    cell: ({ createdAt }) => (
      <span className="text-ink-muted">
        <RelativeTime at={createdAt} />
      </span>
    ),
    sortBy: ({ createdAt }) => -Date.parse(createdAt),
    align: 'end',
  },
];

const docs = (
  <DocsPopover title="Images" links={[{ href: paths.apiReference(), label: 'Import an image with the API' }]}>
    An image is the disk that a new server begins with. Public ones come with this cloud; your own are sent to the API
    and checked before they can be used.
  </DocsPopover>
);

/** Images that servers of the project can boot from: its own and the public ones. */
export function ImageList({ project }: { project: string }) {
  const trpc = useTRPC();
  const [filter, setFilter] = useAddressValue('filter');
  const [deleting, setDeleting] = useState<Image>();
  const [sharing, setSharing] = useState<Image>();
  const poll = usePollWithoutEvents();
  const { data, error, refetch } = useQuery(
    trpc.image.list.queryOptions(
      { projectId: project, limit: 1000 },
      {
        refetchInterval: ({ state }) =>
          state.data?.items.some((image) => imageTransitioning.includes(image.state)) ? poll : false,
      },
    ),
  );
  const shown = useMemo(
    () => data?.items.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(filter.trim().toLowerCase())),
    [data, filter],
  );
  if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <>
      <Head project={project} images={data?.items} />
      <ImageOffers project={project} />
      {data?.items.length === 0 ? (
        <NoImages project={project} action={<CreateButton project={project} />} />
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <FilterField label="Filter by name or id" value={filter} onChange={setFilter} />
            <LiveBadge />
          </div>
          <ImageTable project={project} images={shown} onDelete={setDeleting} onShare={setSharing} />
          <KeyHints canCreate={false} />
        </>
      )}
      {sharing && <ImageShare image={sharing} onClose={() => setSharing(undefined)} />}
      {deleting && <ImageDelete image={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  );
}

function Head({ project, images }: { project: string; images: readonly Image[] | undefined }) {
  return (
    <PageHeader
      title="Images"
      summary={images ? count(images.length, 'image') : summarySkeleton}
      actions={
        <>
          {docs}
          <CreateButton project={project} />
        </>
      }
    />
  );
}

function CreateButton({ project }: { project: string }) {
  const [isCreating, setCreating] = useState(false);
  const denial = useDenial(project)('image:create');
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus aria-hidden size={15} />}
        disabledReason={denial}
        onClick={() => setCreating(true)}
      >
        Create image
      </Button>
      {isCreating && <ImageCreate project={project} onClose={() => setCreating(false)} />}
    </>
  );
}

function NoImages({ project, action }: { project: string; action: ReactNode }) {
  return (
    <EmptyState
      icon={<Box aria-hidden size={18} />}
      title="No images yet"
      purpose="An image is the disk that a new server begins with."
      action={action}
      command={curlCommand(`/projects/${project}/images`, { name: 'debian', diskFormat: 'qcow2' })}
      docs={{ href: paths.apiReference(), label: 'Images in the API reference' }}
    />
  );
}

type ImageTableProps = {
  project: string;
  images: readonly Image[] | undefined;
  onDelete: (image: Image) => void;
  onShare: (image: Image) => void;
};

function ImageTable({ project, images, onDelete, onShare }: ImageTableProps) {
  const denial = useDenial(project)('image:delete');
  const reason = (image: Image) =>
    image.projectId !== project
      ? 'A public image; operators look after it.'
      : (denial ?? imageCan.delete.reason(image) ?? undefined);
  const shareDenial = useDenial(project)('image-member:create');
  const shareReason = (image: Image) => {
    if (image.projectId !== project) return 'It belongs to another project, which shares it.';
    return image.visibility === 'public' ? 'It is public: every project has it.' : shareDenial;
  };
  return (
    <Table
      label="Images"
      columns={columns}
      items={images}
      nameAside={({ visibility }) => visibility !== 'private' && <Badge>{visibility}</Badge>}
      phoneNote={({ sizeBytes, diskFormat }) =>
        [diskFormat, sizeBytes === null ? undefined : bytes(sizeBytes)].filter(Boolean).join(' · ')
      }
      menu={(image) => (
        <>
          <MenuItem disabledReason={shareReason(image)} onSelect={() => onShare(image)}>
            Share
          </MenuItem>
          {image.projectId !== null && <ActivityItem project={image.projectId} resource={image.id} />}
          <MenuItem isDanger disabledReason={reason(image)} onSelect={() => onDelete(image)}>
            Delete
          </MenuItem>
        </>
      )}
    />
  );
}

function ImageDelete({ image, onClose }: { image: Image; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  return (
    <ChangeConfirm
      title={`Delete ${image.name}?`}
      description="Its bytes are erased. Servers that were made from it keep their disks."
      action="Delete image"
      done={`${image.name} is being deleted`}
      change={() => client.image.delete.mutate({ id: image.id })}
      outdated={[trpc.image.pathKey()]}
      typeToConfirm={image.name}
      onClose={onClose}
    />
  );
}

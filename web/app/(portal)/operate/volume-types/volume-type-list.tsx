'use client';
import { useQuery } from '@tanstack/react-query';
import type { VolumeType } from '@unkai/contracts/resources/volume-type';
import { Disc3 } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { type VolumeTypeAct, VolumeTypeDialog } from '#forms/volume-type.tsx';
import { useSystemDenial } from '#resources/identity.ts';
import { notesText } from '#resources/notes.ts';
import { ListPage } from '#table/list-page.tsx';
import type { Column } from '#table/table.tsx';
import { Badge } from '#ui/badge.tsx';
import { MenuItem } from '#ui/menu.tsx';

const about =
  'A volume type is a kind of storage that volumes are made of. Limits and prices are said for each. Volumes themselves come with a later version.';

const forWhom = ({ isPublic }: VolumeType) => (isPublic ? 'everyone' : 'chosen projects');

const columns: readonly Column<VolumeType>[] = [
  { header: 'For', cell: forWhom, sortBy: forWhom, isPhoneAside: true },
  { header: 'Description', cell: ({ description }) => description || <span className="text-ink-muted">none</span> },
  {
    header: 'Extra specs',
    cell: ({ extraSpecs }) => <code className="break-all">{notesText(extraSpecs)}</code>,
    isMinor: true,
  },
];

/** The kinds of storage that there are. */
export function VolumeTypeList() {
  const trpc = useTRPC();
  const [act, setAct] = useState<VolumeTypeAct>();
  const denial = useSystemDenial();
  const list = useQuery(trpc.volumeType.list.queryOptions({ limit: 1000 }));
  return (
    <>
      <ListPage<VolumeType>
        title="Volume types"
        one="volume type"
        about={about}
        icon={<Disc3 aria-hidden size={18} />}
        list={list}
        neededRole="reader on the system"
        create={{
          label: 'Create volume type',
          disabledReason: denial('volume-type:create'),
          run: () => setAct({ kind: 'create' }),
        }}
        command="openstack volume type create fast"
        text={({ name, description }) => `${name} ${description}`}
        columns={columns}
        nameAside={({ isDefault }) => isDefault && <Badge>default</Badge>}
        phoneNote={({ description }) => description || 'no description'}
        menu={(volumeType) => <VolumeTypeMenu volumeType={volumeType} onChoose={setAct} />}
      />
      <VolumeTypeDialog act={act} onClose={() => setAct(undefined)} />
    </>
  );
}

function VolumeTypeMenu(props: { volumeType: VolumeType; onChoose: (act: VolumeTypeAct) => void }) {
  const { volumeType, onChoose } = props;
  const denial = useSystemDenial();
  const ofChange = denial('volume-type:update');
  return (
    <>
      <MenuItem disabledReason={ofChange} onSelect={() => onChoose({ kind: 'edit', volumeType })}>
        Edit
      </MenuItem>
      <MenuItem
        disabledReason={ofChange ?? (volumeType.isPublic ? 'It is public: everyone may use it.' : undefined)}
        onSelect={() => onChoose({ kind: 'share', volumeType })}
      >
        Give to projects
      </MenuItem>
      <MenuItem
        isDanger
        disabledReason={denial('volume-type:delete')}
        onSelect={() => onChoose({ kind: 'delete', volumeType })}
      >
        Delete
      </MenuItem>
    </>
  );
}

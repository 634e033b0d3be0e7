import { type Limit, type QuotaDefault, unlimited, volumeTypeQuotaName } from '@unkai/contracts/quota';
import { type Column, Table } from '#table/table.tsx';
import { quotaWords } from './limits.tsx';

type Shown = Pick<Limit | QuotaDefault, 'name' | 'label' | 'unit' | 'limit'>;
type OfType = { id: string; name: string; items: readonly Shown[] };

const limitOf = ({ items }: OfType, name: Shown['name']) => items.find((item) => item.name === name);

function column(header: string, name: Shown['name']): Column<OfType> {
  const words = (type: OfType) => {
    const limit = limitOf(type, name);
    return limit ? quotaWords(limit, limit.limit) : '';
  };
  return {
    header,
    cell: (type) => <span className="numeric">{words(type)}</span>,
    sortBy: (type) => limitOf(type, name)?.limit ?? 0,
    align: 'end',
  };
}

const columns = [column('Volumes', 'volumes'), column('Storage', 'volumeGib'), column('Snapshots', 'volumeSnapshots')];

const ofName: Partial<Record<Shown['name'], string>> = { volumes: ' volumes', volumeSnapshots: ' snapshots' };

/** Only what is limited: a phone has room for little. */
function phoneNote({ items }: OfType): string {
  const limited = items.filter(({ limit }) => limit !== unlimited);
  const words = limited.map((limit) => `${quotaWords(limit, limit.limit)}${ofName[limit.name] ?? ''}`);
  return words.join(' · ') || 'no limit of its own';
}

/** Of all limits those of volumes of all types together, which are limited for each type too. */
export function ofVolumes<Item extends Shown>(items: readonly Item[]): Item[] {
  return items.filter(({ name }) => volumeTypeQuotaName.safeParse(name).success);
}

type VolumeTypeLimitsProps = { limits: readonly Shown[]; volumeTypes: readonly OfType[] };

/** What may be had of volumes of each type, and of all. Nothing is shown where there are no types. */
export function VolumeTypeLimits({ limits, volumeTypes }: VolumeTypeLimitsProps) {
  if (volumeTypes.length === 0) return null;
  const all = { id: 'all', name: 'All types', items: ofVolumes(limits) };
  return (
    <section aria-labelledby="volume-type-limits" className="mt-6">
      <h2 id="volume-type-limits" className="mb-1 font-medium">
        Limits of volume types
      </h2>
      <p className="mb-3 text-ink-muted text-table">Volumes come with a later version: these limits wait for them.</p>
      <Table
        label="Limits of volume types"
        nameHeader="Volume type"
        columns={columns}
        items={[all, ...volumeTypes]}
        phoneNote={phoneNote}
      />
    </section>
  );
}

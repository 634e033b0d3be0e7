import type { CloudZone } from '@unkai/contracts/resources/cloud';
import { memory } from '#ui/amounts.ts';
import { Meter } from '#ui/meter.tsx';

const gib = (amount: number) => `${amount.toLocaleString('en')} GiB`;

/** What is promised of a zone's hosts to servers, as bars. */
export function ZoneCapacity({ zone: { capacity, allocated } }: { zone: CloudZone }) {
  return (
    <div className="grid gap-3">
      <Meter label="vCPU" used={allocated.vcpus} limit={capacity.vcpus} />
      <Meter label="Memory" used={allocated.memoryMib} limit={capacity.memoryMib} write={memory} />
      <Meter label="Disk" used={allocated.diskGib} limit={capacity.diskGib} write={gib} />
    </div>
  );
}

import { z } from 'zod';
import { fieldRule } from '../field-rule.ts';
import { isoTime } from '../primitives.ts';

/** What is kept for nobody, by kind: what it is, and what cleaning it does. */
export const orphanKinds = {
  allocation: {
    title: 'Room for no server',
    what: 'Room on a host is promised to a server that is on no host, or on another one.',
    cleaning: 'The room is given back.',
  },
  'host-network': {
    title: 'Network on a host without ports',
    what: 'A host keeps a network on which no server of it has a port.',
    cleaning: 'The host removes its part of the network. The network itself stays.',
  },
  'image-copy': {
    title: 'Image copy that no server uses',
    what: 'A host keeps a copy of an image on which none of its servers stands. It saves time when one comes.',
    cleaning: 'The host removes its copy and has the disk space back. The image itself stays.',
  },
  port: {
    title: 'Port without a server',
    what: 'A port that came with a server stayed when that server went.',
    cleaning: 'The port is deleted and its addresses are free.',
  },
  upload: {
    title: 'Image without bytes',
    what: 'An image was announced more than a day ago and its bytes never came.',
    cleaning: 'The image is deleted.',
  },
  host: {
    title: 'Silent host without servers',
    what: 'A host has not answered for more than a day and has no servers.',
    cleaning: 'The host is forgotten. To use it again it has to join again.',
  },
} as const satisfies Record<string, { title: string; what: string; cleaning: string }>;

export const orphanKind = z.enum(['allocation', 'host-network', 'image-copy', 'port', 'upload', 'host']);
export type OrphanKind = z.infer<typeof orphanKind>;

export const orphan = z.object({
  /** Tells it from others of its kind: an id, or two with a dot between. */
  key: z.string(),
  kind: orphanKind,
  /** The name of what is kept. */
  name: z.string(),
  hostName: z.string().nullable(),
  projectName: z.string().nullable(),
  since: isoTime.nullable(),
});
export type Orphan = z.infer<typeof orphan>;

/** At most 200 of each kind: the next are shown when these are cleaned. */
export const orphansShown = 200;
export const orphanList = z.object({ items: z.array(orphan) });
export const orphanClean = z.strictObject({
  kind: orphanKind,
  key: z
    .string()
    .regex(
      /^[0-9a-f-]{36}(\.[0-9a-f-]{36})?$/,
      fieldRule(
        'must be the key of an orphan as the list has it',
        'Take the key from the list of orphans as it stands there.',
      ),
    ),
});

import { z } from 'zod';

/**
 * What every workflow is called, what it works on, how long it may take. Doors start runs by these; the steps, which
 * only workers need, are in workers/src/workflows/<noun>-<verb>.ts.
 */
export interface WorkflowEntry {
  /** The operation in words, as people see it in the portal. */
  readonly title: string;
  readonly noun: 'server' | 'image' | 'network';
  /** Seconds from the start until the run is given up and unwound; nothing stays under way for ever (H4). */
  readonly deadlineSeconds: number;
}

export const workflowCatalog = {
  'server.create': { title: 'Create server', noun: 'server', deadlineSeconds: 600 },
  'server.start': { title: 'Start server', noun: 'server', deadlineSeconds: 180 },
  'server.stop': { title: 'Stop server', noun: 'server', deadlineSeconds: 120 },
  'server.reboot': { title: 'Reboot server', noun: 'server', deadlineSeconds: 180 },
  'server.attach': { title: 'Attach interface', noun: 'server', deadlineSeconds: 180 },
  'server.detach': { title: 'Detach interface', noun: 'server', deadlineSeconds: 120 },
  'server.migrate': { title: 'Move server to another host', noun: 'server', deadlineSeconds: 21_600 },
  'server.evacuate': { title: 'Evacuate server', noun: 'server', deadlineSeconds: 600 },
  'server.delete': { title: 'Delete server', noun: 'server', deadlineSeconds: 300 },
  'image.import': { title: 'Import image', noun: 'image', deadlineSeconds: 3600 },
  'image.delete': { title: 'Delete image', noun: 'image', deadlineSeconds: 600 },
} as const satisfies Record<string, WorkflowEntry>;

export type WorkflowName = keyof typeof workflowCatalog;
const names = Object.keys(workflowCatalog).filter((key): key is WorkflowName => key in workflowCatalog);
export const workflowName = z.enum(names);

/** Runs that share a key go one at a time, in the order they came (H28). */
export const workflowKey = (name: WorkflowName, resourceId: string) => `${workflowCatalog[name].noun}/${resourceId}`;

import type { ImageStore } from '@unkai/core/image/image-store';
import type { Workflow } from '@unkai/core/workflow/definition';
import { imageDelete } from './image-delete.ts';
import { imageImport } from './image-import.ts';
import { serverAttach } from './server-attach.ts';
import { serverCreate } from './server-create.ts';
import { serverDelete } from './server-delete.ts';
import { serverDetach } from './server-detach.ts';
import { serverEvacuate } from './server-evacuate.ts';
import { serverMigrate } from './server-migrate.ts';
import { serverReboot } from './server-reboot.ts';
import { serverStart } from './server-start.ts';
import { serverStop } from './server-stop.ts';

/** Every workflow of the catalog. `disks` has what servers that move have on their disks, while it is on its way. */
export function allWorkflows(images: ImageStore, disks: ImageStore): readonly Workflow[] {
  return [
    serverCreate,
    serverDelete,
    serverMigrate(disks),
    serverEvacuate,
    serverStart,
    serverStop,
    serverReboot,
    serverAttach,
    serverDetach,
    imageImport(images),
    imageDelete(images),
  ];
}

import type { ImageStore } from '@unkai/core/image/image-store';
import type { Workflow } from '@unkai/core/workflow/definition';
import { imageDelete } from './image-delete.ts';
import { imageImport } from './image-import.ts';
import { serverAttach } from './server-attach.ts';
import { serverCreate } from './server-create.ts';
import { serverDelete } from './server-delete.ts';
import { serverDetach } from './server-detach.ts';
import { serverEvacuate } from './server-evacuate.ts';
import { serverReboot } from './server-reboot.ts';
import { serverStart } from './server-start.ts';
import { serverStop } from './server-stop.ts';

/** Every workflow of the catalog. */
export function allWorkflows(images: ImageStore): readonly Workflow[] {
  return [
    serverCreate,
    serverDelete,
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

import { UnkaiError } from '@unkai/contracts/errors';
import type { ImageStore } from '@unkai/core/image/image-store';
import { countHostsWithImage, retractImage } from '@unkai/core/store/host-image';
import { countServersOfImage, removeImage, restoreImage } from '@unkai/core/store/image-lifecycle';
import { defineWorkflow, nap, type StepContext, step, type Workflow } from '@unkai/core/workflow/definition';
import { z } from 'zod';

/** Removes an image from its hosts and from the image store. Servers that were made from it still stand on it. */
export function imageDelete(images: ImageStore): Workflow {
  async function removeBytes({ run }: StepContext): Promise<void> {
    await images.remove(run.resourceId);
  }

  return defineWorkflow('image.delete', {
    steps: [
      step('image.unused', 'See that no server stands on it', requireUnused),
      step('image.retract', 'Remove it from the hosts', retractFromHosts),
      step('image.erase', 'Remove its bytes', removeBytes),
      step('image.remove', 'Forget it', forgetImage),
    ],
    onFailure: (unit, { resourceId, projectId }, failure) => restoreImage(unit, resourceId, projectId, failure),
  });
}

async function requireUnused({ core, run }: StepContext): Promise<void> {
  const servers = await countServersOfImage(core.database, run.resourceId);
  if (servers === 0) return;
  const who = servers === 1 ? '1 server stands' : `${servers} servers stand`;
  throw new UnkaiError('in_use', `${who} on the image ${run.resourceName}.`, { next: 'Delete those servers first.' });
}

async function retractFromHosts({ core, run, once }: StepContext) {
  const { resourceId: imageId, requestId } = run;
  await once(z.object({ imageId: z.string() }), async (unit) => {
    await retractImage(unit, core, imageId, requestId);
    return { imageId };
  });
  const left = await countHostsWithImage(core.database, imageId);
  if (left === 0) return undefined;
  return nap({ progress: left === 1 ? '1 host still has it' : `${left} hosts still have it` });
}

async function forgetImage({ commit, run }: StepContext): Promise<void> {
  await commit((unit) => removeImage(unit, run.resourceId, run.projectId));
}

import type { ImageStore } from '@unkai/core/image/image-store';
import { defineWorkflow, step } from '@unkai/core/workflow/definition';
import { handOver, remakeServer } from '../steps/evacuate.ts';
import * as migrate from '../steps/migrate.ts';
import { switchOff } from '../steps/server-power.ts';

/**
 * Moves a server with its disk to another host; its room there is taken by the request. Whatever fails before the
 * switch-over leaves it on its host as it was, switched on again when it ran. From there on it goes forward: the undos of
 * the steps before find that the server is elsewhere, and take nothing from it.
 */
export function serverMigrate(disks: ImageStore) {
  return defineWorkflow('server.migrate', {
    steps: [
      step('placement.reserve', 'Choose another host', migrate.confirmRoom, migrate.giveUp),
      step('network.ensure', 'Connect its networks there', migrate.ensureNetworks, migrate.retractNetworks),
      step('image.ensure', 'Bring the image there', migrate.ensureImage),
      step('migration.turn', 'Wait for its turn', migrate.awaitTurn),
      step('server.power', 'Shut it down', switchOff, migrate.switchBackOn),
      step('disk.send', 'Send its disk', migrate.sendDisk, migrate.forgetDisk(disks)),
      step('disk.fetch', 'Fetch its disk there', migrate.fetchDisk, migrate.dropDisk),
      step('server.switch', 'Make it the other host’s', migrate.switchOver),
      step('server.ensure', 'Make it there as it was', remakeServer),
      step('server.running', 'Hand it over', handOver('migrating')),
      step('server.leave', 'Clear the host of before', migrate.clearHostOfBefore(disks)),
    ],
    onFailure: migrate.showFailure,
  });
}

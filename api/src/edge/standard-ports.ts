import { standardPorts } from '@unkai/contracts/standard-ports';
import { createEdge, type EdgeOptions } from './edge.ts';

/** Listens for each service of OpenStack's on the port where its clients look for it, beside the one origin. */
export function listenOnStandardPorts(options: EdgeOptions, bind: string) {
  return standardPorts.map(({ port, prefix }) => createEdge({ ...options, prefix }).listen(port, bind));
}

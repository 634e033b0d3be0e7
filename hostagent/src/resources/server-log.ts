import { serverLogLimitBytes } from '@unkai/contracts/host/report';
import { readSerialLog } from '../console/serial-log.ts';
import type { HostContext } from '../context.ts';

/** Sends the end of a server's serial log to the control plane. A server without a log has an empty one. */
export async function upload(host: HostContext, serverId: string, requestId: string): Promise<void> {
  const { bytes, truncated } = await readSerialLog(host.paths.server(serverId), serverLogLimitBytes);
  // Not fatal: a guest prints what it likes; what is no UTF-8 becomes U+FFFD.
  const text = new TextDecoder().decode(bytes);
  await host.controlPlane.uploadServerLog(serverId, { text, truncated }, requestId);
}

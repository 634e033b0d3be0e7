// What this machine can do as a host: everything is tried, nothing is believed. Prints findings as JSON, one array.
import type { Finding } from '@unkai/contracts/host/finding';
import { readConfig } from './config.ts';
import { tryAccelerator } from './doctor/accelerator.ts';
import { bad, found } from './doctor/finding.ts';
import { lookAtClock, lookAtDisk, lookAtMemory, lookAtUnderlay } from './doctor/machine.ts';
import { tryNetwork } from './doctor/network.ts';
import { findPrograms } from './doctor/programs.ts';
import { lookAtStorage } from './doctor/storage.ts';
import { openIp } from './tools/ip.ts';
import { lookForStorage } from './tools/storage-real.ts';

const config = readConfig(process.env);

async function lookAtHost(): Promise<Finding[]> {
  const programs = await findPrograms(process.env['PATH'] ?? '');
  if (programs.state === 'bad') return [programs];
  if (process.getuid?.() !== 0) {
    return [programs, bad('rights', 'Guests and networks can only be tried as root.', 'sudo ./unkai doctor')];
  }
  return [
    programs,
    await found('accelerator', 'apt-get install qemu-system-x86', () => tryAccelerator(config.acceleratorChoice)),
    ...(await tryNetwork()),
    await found('underlay MTU', 'ip address', async () =>
      lookAtUnderlay(await openIp(config.networkNamespace).underlay()),
    ),
    lookAtStorage(await lookForStorage(config), config),
  ];
}

const findings = [
  ...(config.tools === 'real' ? await lookAtHost() : []),
  await lookAtDisk(config.home),
  lookAtMemory(),
  await lookAtClock(config.apiUrl, import.meta.filename),
];
process.stdout.write(`${JSON.stringify(findings)}\n`);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostReport } from '@unkai/contracts/host/report';
import { edgeProof } from '@unkai/core/identity/edge-trust';
import { folderImageStore, type ImageStore } from '@unkai/core/image/image-store';
import { expect } from 'vitest';
import { agentDoor } from '../src/doors/agent.ts';
import { type Installation, openInstallation } from './installation.ts';

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });

/** The hosts' door on a real installation, and what hosts say to it. */
export interface AgentBench extends Installation {
  readonly images: ImageStore;
  readonly disks: ImageStore;
  readonly door: ReturnType<typeof agentDoor>;
  ask(path: string, credential: string, headers?: Record<string, string>): Promise<Response>;
  send(method: string, path: string, body: unknown, credential?: string): Promise<Response>;
  /** Sends reports, which must be taken. */
  report(credential: string, reports: HostReport[]): Promise<void>;
}

export async function openAgentBench(): Promise<AgentBench> {
  const installation = await openInstallation();
  const folder = await mkdtemp(join(tmpdir(), 'unkai-images-'));
  const images = folderImageStore(join(folder, 'images'));
  const disks = folderImageStore(join(folder, 'disks'));
  const hostRedisUrl = installation.services.redisUrl;
  const door = agentDoor(installation.core, {
    images,
    disks,
    hostRedisUrl,
    edgeProof: edgeProof('s'.repeat(64)),
  });
  const ask: AgentBench['ask'] = async (path, credential, headers = {}) =>
    door.request(path, { headers: { ...bearer(credential), ...headers } });
  const send: AgentBench['send'] = async (method, path, body, credential) => {
    const headers = { 'content-type': 'application/json', ...(credential ? bearer(credential) : {}) };
    return door.request(path, { method, headers, body: JSON.stringify(body) });
  };
  const report: AgentBench['report'] = async (credential, reports) => {
    expect((await send('POST', '/agent/reports', { reports }, credential)).status).toBe(204);
  };
  const close = async () => {
    await installation[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return { ...installation, images, disks, door, ask, send, report, [Symbol.asyncDispose]: close };
}

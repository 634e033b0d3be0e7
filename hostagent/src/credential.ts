import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostFacts } from '@unkai/contracts/host/facts';
import { id } from '@unkai/contracts/primitives';
import { z } from 'zod';
import type { HostContext } from './context.ts';
import { hasErrorCode, writeFileAtomically } from './files.ts';

const stored = z.object({
  hostId: id,
  credential: z.string().min(1),
  /** Digest of the token it was made from, so that a new token in the same file is told from the spent one. */
  tokenSha256: z.string(),
});
export type Credential = z.infer<typeof stored>;

const proposal = stored.omit({ hostId: true });

const firstRetryMs = 500;
const lastRetryMs = 15_000;

/** The credential this host got when it joined; undefined when it never did. */
async function readCredential(path: string): Promise<Credential | undefined> {
  try {
    return stored.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw new Error(`${path} is not a host credential; move it away and join again with a new token.`, {
      cause: error,
    });
  }
}

/** The token waiting in the token file, unless `credential` was made from it. */
export async function unspentToken(host: HostContext, credential: Credential | undefined): Promise<string | undefined> {
  const { joinTokenFile } = host.config;
  if (joinTokenFile === undefined) return undefined;
  const token = (await readFile(joinTokenFile, 'utf8').catch(() => '')).trim();
  return token === '' || digest(token) === credential?.tokenSha256 ? undefined : token;
}

/**
 * Spends a token for a credential of this host's own and keeps it. The credential is on disk before it is asked for: when
 * the answer is lost the same is asked again, and a token counts once for one credential. Throws ControlPlaneError.
 */
export async function joinWith(host: HostContext, token: string, facts: HostFacts): Promise<Credential> {
  const tokenSha256 = digest(token);
  const reply = await host.controlPlane.join({ token, facts, credential: await proposed(host, tokenSha256) });
  const { hostId, credential } = reply;
  const made = { hostId, credential, tokenSha256 };
  await writeFileAtomically(host.paths.credential, `${JSON.stringify(made)}\n`, 0o600);
  await rm(host.paths.proposedCredential, { force: true });
  host.log.info({ hostId }, 'this host has joined');
  return made;
}

/** The credential that this token is shown with, each time; a broken file is as none. */
async function proposed(host: HostContext, tokenSha256: string): Promise<string> {
  const path = host.paths.proposedCredential;
  const kept = proposal.safeParse(
    await readFile(path, 'utf8')
      .then(JSON.parse)
      .catch(() => undefined),
  );
  if (kept.success && kept.data.tokenSha256 === tokenSha256) return kept.data.credential;
  const credential = `ukh_${randomBytes(32).toString('base64url')}`;
  await writeFileAtomically(path, `${JSON.stringify({ credential, tokenSha256 })}\n`, 0o600);
  return credential;
}

/** Joins, however long it takes: each time it cannot, it says why and waits. Gives undefined only when stopped. */
export async function joinPatiently(
  host: HostContext,
  readFacts: () => Promise<HostFacts>,
  signal: AbortSignal,
): Promise<Credential | undefined> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      const known = await readCredential(host.paths.credential);
      if (known !== undefined) return known;
      const token = await unspentToken(host, undefined);
      if (token !== undefined) return await joinWith(host, token, await readFacts());
      host.log.warn(
        { joinTokenFile: host.config.joinTokenFile ?? null },
        'this host has not joined and has no token: make one, write it to the file that UNKAI_JOIN_TOKEN_FILE names',
      );
    } catch (error) {
      host.log.warn({ err: error }, 'joining did not work; it is tried again');
    }
    await sleep(Math.min(firstRetryMs * 2 ** attempt, lastRetryMs), undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

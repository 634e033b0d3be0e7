import type { HostReport } from '@unkai/contracts/host/report';
import type { Logger } from 'pino';
import { type ControlPlane, ControlPlaneError } from './control-plane.ts';

const batchLimit = 200;
/** Progress may wait a moment: often the end of the work comes first and says all there is to say. */
const progressDelayMs = 150;
const firstRetryMs = 250;
const lastRetryMs = 10_000;

type Waiting = { report: HostReport; requestId: string };

/**
 * What is still to be told to the control plane: of each noun and id the newest report, with the acts of all before it. One
 * batch is under way at a time, so reports of a thing arrive in order; a batch that fails is tried again until it gets through.
 */
export class ReportOutbox {
  readonly #controlPlane: Pick<ControlPlane, 'report'>;
  readonly #log: Logger;
  readonly #waiting = new Map<string, Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isSending = false;
  #failures = 0;
  #isStopped = false;

  constructor(controlPlane: Pick<ControlPlane, 'report'>, log: Logger) {
    this.#controlPlane = controlPlane;
    this.#log = log;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(report: HostReport, requestId: string): void {
    const key = `${report.noun}/${report.id}`;
    const older = this.#waiting.get(key);
    this.#waiting.delete(key);
    this.#waiting.set(key, { report: older === undefined ? report : merge(older.report, report), requestId });
    this.#schedule(report.state === 'working' ? progressDelayMs : 0);
  }

  /** Sends what it can and stops trying. What is lost comes again with the next start's sync. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    if (!this.#isSending && this.#waiting.size > 0) await this.#send();
  }

  #schedule(delayMs: number): void {
    const dueAt = Date.now() + delayMs;
    if (this.#isStopped || this.#isSending || dueAt >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#send(), delayMs);
  }

  async #send(): Promise<void> {
    this.#dueAt = Number.POSITIVE_INFINITY;
    // After a refusal one at a time, so that one report that does not fit holds back no other.
    const batch = [...this.#waiting].slice(0, this.#failures > 0 ? 1 : batchLimit);
    if (batch.length === 0) return;
    for (const [key] of batch) this.#waiting.delete(key);
    this.#isSending = true;
    let retryMs = 0;
    try {
      await this.#controlPlane.report(bodyOf(batch.map(([, waiting]) => waiting)));
      this.#failures = 0;
    } catch (error) {
      retryMs = this.#takeBack(batch, error);
    } finally {
      this.#isSending = false;
    }
    if (this.#waiting.size > 0) this.#schedule(retryMs);
  }

  #takeBack(batch: readonly (readonly [string, Waiting])[], error: unknown): number {
    this.#failures += 1;
    const status = error instanceof ControlPlaneError ? error.status : null;
    const isRefused = status !== null && [400, 413, 422].includes(status);
    if (isRefused && batch.length === 1) {
      this.#log.error({ err: error, report: batch[0]?.[1].report }, 'a report was refused and is dropped');
      return 0;
    }
    for (const [key, waiting] of batch) {
      const newer = this.#waiting.get(key);
      const report = newer === undefined ? waiting.report : merge(waiting.report, newer.report);
      this.#waiting.set(key, { report, requestId: (newer ?? waiting).requestId });
    }
    if (isRefused) return 0;
    const retryMs = Math.min(firstRetryMs * 2 ** (this.#failures - 1), lastRetryMs);
    this.#log.warn({ err: error, retryMs, waiting: this.#waiting.size }, 'reports could not be delivered; they wait');
    return retryMs;
  }
}

function bodyOf(batch: readonly Waiting[]) {
  const requestIds = new Set(batch.map(({ requestId }) => requestId));
  const [requestId] = requestIds;
  const reports = batch.map(({ report }) => report);
  return requestIds.size === 1 && requestId !== undefined ? { requestId, reports } : { reports };
}

/** The newer report, with what the older one alone knew and what stays true. */
function merge(older: HostReport, newer: HostReport): HostReport {
  const acts = [...(older.actionsDone ?? []), ...(newer.actionsDone ?? [])];
  const actionsDone = [...new Map(acts.map((act) => [act.id, act])).values()].slice(-50);
  const firstMetadataAt = newer.firstMetadataAt ?? older.firstMetadataAt;
  return { ...newer, actionsDone, ...(firstMetadataAt === undefined ? {} : { firstMetadataAt }) };
}

import { type Argv, type Prepared, prepare, type RunResult, run, ToolError } from './run.ts';

/** A moment after a use: whatever that was for is not to wait for the start of another program. */
const pauseMs = 50;

/**
 * A tool of which one is always started and waits for its input, since starting takes longer than its work. It must read
 * its input whole before it does anything, and do no harm when it does the same twice: if the one that waited has come to
 * grief, another does the work.
 */
export class ReadyTool {
  readonly #argv: Argv;
  #waiting: Prepared | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(argv: Argv) {
    this.#argv = argv;
  }

  /** Throws ToolError as `run` does. */
  async run(input: string): Promise<RunResult> {
    const ready = this.#waiting;
    this.#waiting = undefined;
    try {
      if (ready !== undefined) return await ready.run(input);
    } catch (error) {
      if (!(error instanceof ToolError) || error.timedOut) throw error;
    } finally {
      this.#prepareNext();
    }
    return run(this.#argv, { input });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting?.discard();
    this.#waiting = undefined;
  }

  #prepareNext(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#waiting ??= prepare(this.#argv);
    }, pauseMs).unref();
  }
}

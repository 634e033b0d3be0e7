import { setTimeout as sleep } from 'node:timers/promises';
import { UnkaiError } from '@unkai/contracts/errors';
import type { Core } from '@unkai/core/call';
import { type Act, isNap, type StepContext, type Workflow } from '@unkai/core/workflow/definition';
import { openEngine } from '@unkai/core/workflow/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** What a workflow is tested on. */
export interface Scenario {
  readonly core: Core;
  readonly workflow: Workflow;
  /** Prepares a resource of its own and starts the run. */
  readonly start: () => Promise<{ runId: string; resourceId: string }>;
  /** Everything is as it should be after the run succeeded. */
  readonly verifyDone: (resourceId: string) => Promise<void>;
  /** After the run failed, nothing that it took is left. */
  readonly verifyCleanSlate: (resourceId: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Where a step is made to fail: before it did anything, when it has begun and would wait, or when all is done. */
const moments = ['before it begins', 'half-way', 'at its end'] as const;
type Moment = (typeof moments)[number];

/**
 * The three properties of every workflow: each step repeated still succeeds; a failure at each step unwinds to a clean
 * slate; unwinding twice is harmless.
 */
export function workflowProperties(title: string, stepNames: readonly string[], open: () => Promise<Scenario>): void {
  describe(title, { timeout: 60_000 }, () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await open();
    });
    afterAll(() => scenario.close());

    test('has the steps that are tested here', () => {
      expect(scenario.workflow.steps.map(({ name }) => name)).toEqual(stepNames);
    });

    test('every step repeated still succeeds', async () => {
      const { resourceId, state } = await runToEnd(
        scenario,
        mapSteps(scenario.workflow, (act) => twice(act)),
      );
      expect(state).toBe('succeeded');
      await scenario.verifyDone(resourceId);
    });

    for (const name of stepNames) {
      for (const moment of moments) {
        test(`a failure of ${name} ${moment} unwinds to a clean slate`, async () => {
          const { resourceId, state } = await runToEnd(scenario, breaking(scenario.workflow, name, moment));
          expect(state).toBe('failed');
          await scenario.verifyCleanSlate(resourceId);
        });
      }

      test(`unwinding twice after a failure of ${name} is harmless`, async () => {
        const broken = breaking(scenario.workflow, name, 'at its end');
        const steps = broken.steps.map((each) => ({ ...each, undo: each.undo && twice(each.undo) }));
        const { resourceId, state } = await runToEnd(scenario, { ...broken, steps });
        expect(state).toBe('failed');
        await scenario.verifyCleanSlate(resourceId);
      });
    }
  });
}

async function runToEnd({ core, start }: Scenario, workflow: Workflow) {
  const { runId, resourceId } = await start();
  const state = await untilEnded(core, [workflow], runId);
  return { resourceId, state };
}

/** Works on runs until this one has ended, and says how. */
export async function untilEnded(core: Core, workflows: readonly Workflow[], runId: string): Promise<string> {
  const engine = openEngine({ core, workflows });
  try {
    for (;;) {
      await engine.advance(runId);
      const run = await core.database.prisma.workflowRun.findUniqueOrThrow({ where: { id: runId } });
      if (run.endedAt !== null) return run.state;
      await sleep(5);
    }
  } finally {
    await engine.stop();
  }
}

function mapSteps(workflow: Workflow, change: (act: Act<unknown>) => Act<unknown>): Workflow {
  return { ...workflow, steps: workflow.steps.map((each) => ({ ...each, do: change(each.do) })) };
}

/** Does an act to its end, then once more as a worker would that knows nothing of the first time. */
function twice(act: Act<unknown>): Act<unknown> {
  return async (context) => {
    const first = await act(context);
    if (isNap(first)) return first;
    const ignorant = forgetful(context);
    for (;;) {
      const second = await act(ignorant);
      if (!isNap(second)) return second;
      await sleep(5);
    }
  };
}

/** A context that remembers its once-act for itself and not in the step's row. */
function forgetful(context: StepContext): StepContext {
  let kept: { answer: unknown } | null = null;
  return {
    ...context,
    async once(schema, body) {
      kept ??= { answer: await context.commit(body) };
      return schema.parse(kept.answer);
    },
  };
}

function breaking(workflow: Workflow, name: string, moment: Moment): Workflow {
  const fail = () => {
    throw new UnkaiError('host_failed', `Broken on purpose ${moment}.`);
  };
  const steps = workflow.steps.map((each) => {
    if (each.name !== name) return each;
    const act: Act<unknown> = async (context) => {
      if (moment === 'before it begins') fail();
      const answer = await each.do(context);
      if (isNap(answer) && moment === 'at its end') return answer;
      return fail();
    };
    return { ...each, do: act };
  });
  return { ...workflow, steps };
}

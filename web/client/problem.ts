import { TRPCClientError } from '@trpc/client';
import { errorCatalog, type Problem, problem } from '@unkai/contracts/errors';
import { z } from 'zod';

const carried = z.object({ problem });

/** What went wrong, in words for a person: the API's own problem, or that it could not be reached. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const told = carried.safeParse(error.data);
    if (told.success) return told.data.problem;
  }
  const isNetwork = error instanceof TRPCClientError && error.data === undefined;
  return isNetwork ? unreachable : broken;
}

/** The problem in the body of an answer that was no success. */
export function problemIn(body: string): Problem {
  return problem.safeParse(parseJson(body)).data ?? broken;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the thing that an address names is not there, or the address names nothing that could be. */
export function isMissing(error: unknown): boolean {
  return error !== null && ['not_found', 'invalid_input'].includes(problemOf(error).code);
}

/** Nobody answered. */
export const unreachable: Problem = {
  type: '/docs/errors#unavailable',
  code: 'unavailable',
  status: 503,
  title: 'The API does not answer',
  detail: 'The portal is here, but what it shows comes from the API, and that could not be reached.',
  next: 'Check your connection and try again in a few seconds.',
  requestId: '',
};

const broken: Problem = {
  type: '/docs/errors#internal',
  code: 'internal',
  status: 500,
  title: errorCatalog.internal.title,
  detail: 'The portal got an answer that it does not understand.',
  next: 'Reload the page; it may be older than the API.',
  requestId: '',
};

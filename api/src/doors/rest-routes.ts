import { UnkaiError } from '@unkai/contracts/errors';
import { z } from 'zod';
import { appRouter } from '../router.ts';
import type { OperationMeta } from '../trpc.ts';
import { noSuchPath } from './problem.ts';

/** One operation as REST sees it. */
export interface RestRoute {
  /** Its name in the router, such as `server.create`. */
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly method: string;
  /** Below /v1, with parameters in braces. */
  readonly path: string;
  readonly meta: OperationMeta;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Where what a create makes can be read, with `{id}`; null where nothing shows one of it. */
  readonly shownAt: string | null;
}

export interface RestMatch {
  readonly route: RestRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

const schema = z.instanceof(z.ZodType);
const definition = z.looseObject({
  type: z.enum(['query', 'mutation']),
  meta: z.custom<OperationMeta>((meta) => typeof meta === 'object' && meta !== null && 'permission' in meta),
  inputs: z.tuple([schema], schema),
  output: schema,
});

/** Every operation there is, as REST sees it. */
export const restRoutes: readonly RestRoute[] = listRoutes();

function listRoutes(): RestRoute[] {
  // The type of `procedures` is nested as the router is, and hides the schemas; the value is flat, by dotted name.
  const found = Object.entries<object>(appRouter._def.procedures).map(([name, procedure]) => {
    const { type, meta, inputs, output } = definition.parse(Reflect.get(procedure, '_def'));
    return { name, type, meta, method: meta.method, path: meta.path, input: inputs[0], output };
  });
  const shown = new Set<string>(found.filter(({ method }) => method === 'GET').map(({ path }) => path));
  return found.map((route) => {
    const collection = route.path.slice(route.path.lastIndexOf('/') + 1);
    const item = `/${collection}/{id}`;
    return { ...route, shownAt: route.meta.answer === 'created' && shown.has(item) ? item : null };
  });
}

/** Whether a client may send an Idempotency-Key, or ask for a dry run: with every create of somebody who is known. */
export function takesKey({ meta }: RestRoute): boolean {
  return meta.answer === 'created' && meta.permission !== 'anyone';
}

const candidates = restRoutes.map((route) => ({ route, segments: route.path.split('/').slice(1) }));

/**
 * Finds the operation for a method and a path below /v1. A literal segment wins over a parameter. Throws `not_found`,
 * and `MethodNotAllowed` with the methods that the path has.
 */
export function matchRoute(method: string, path: string): RestMatch {
  const given = path.split('/').slice(1);
  const fitting = candidates
    .filter(({ segments }) => segments.length === given.length && segments.every((each, at) => fits(each, given[at])))
    .toSorted((one, other) => countParameters(one.segments) - countParameters(other.segments));
  const found = fitting.find(({ route }) => route.method === method);
  if (found) return { route: found.route, parameters: parametersOf(found.segments, given) };
  if (fitting.length === 0) throw noSuchPath();
  throw new MethodNotAllowed(fitting.map(({ route }) => route.method));
}

/** The path is there, the method is not. */
export class MethodNotAllowed extends UnkaiError {
  readonly allowed: readonly string[];

  constructor(allowed: readonly string[]) {
    super('method_not_allowed', `This path takes ${allowed.join(', ')}.`);
    this.allowed = allowed;
  }
}

const isParameter = (segment: string) => segment.startsWith('{');

function fits(segment: string, given: string | undefined): boolean {
  return given !== undefined && given !== '' && (isParameter(segment) || segment === given);
}

function countParameters(segments: readonly string[]): number {
  return segments.filter(isParameter).length;
}

function parametersOf(segments: readonly string[], given: readonly string[]): Record<string, string> {
  const pairs = segments.flatMap((segment, at) => {
    const value = given[at];
    return isParameter(segment) && value !== undefined ? [[segment.slice(1, -1), decode(value)]] : [];
  });
  return Object.fromEntries(pairs);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw noSuchPath();
  }
}

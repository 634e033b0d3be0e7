import { sizeRule } from '@unkai/contracts/field-rule';
import { options as keptOptions } from '@unkai/contracts/primitives';
import { z } from 'zod';
import type { Asked } from '../service.ts';
import { givenDomainId, givenId } from './ids.ts';

/** Pieces of the bodies that Keystone's clients send. What they send besides is passed over, as there. */
const text = z.string().max(1_000, sizeRule);
export const name = z.string().min(1, sizeRule).max(255, sizeRule);
/** Of domains and projects, which Keystone keeps shorter. */
export const shortName = name.max(64, sizeRule);
export const flag = z.boolean();
/** Null says the same as nothing. */
export const description = text
  .nullable()
  .transform((value) => value ?? '')
  .optional();
export const domainId = z.string().max(64).transform(givenDomainId);
export const someId = z.string().max(64).transform(givenId);
export const options = keptOptions.optional();

const noes = ['false', '0', 'no', 'off'];

/** A filter that is yes or no: in Keystone whatever is not a no is a yes, as is a filter without a value. */
export function flagOf({ query }: Asked, key: string): boolean | undefined {
  const value = query.get(key);
  return value === null ? undefined : !noes.includes(value.toLowerCase());
}

export function textOf({ query }: Asked, key: string): string | undefined {
  return query.get(key) ?? undefined;
}

export function idOf({ query }: Asked, key: string): string | undefined {
  const value = query.get(key);
  return value === null ? undefined : givenId(value);
}

export function domainIdOf({ query }: Asked, key: string): string | undefined {
  const value = query.get(key);
  return value === null ? undefined : givenDomainId(value);
}

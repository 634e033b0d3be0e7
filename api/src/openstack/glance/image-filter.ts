import { UnkaiError } from '@unkai/contracts/errors';
import { glanceTime, type ImageView } from './image-view.ts';

/** Words of a query that choose a page and an order, and are no fields of an image. */
const directives = ['limit', 'marker', 'sort_key', 'sort_dir', 'sort', 'member_status'];

type Test = (view: ImageView) => boolean;

function wrong(name: string, text: string, rule: string): UnkaiError {
  return new UnkaiError('invalid_input', `${name}: ${text} is ${rule}.`);
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw wrong(name, text, 'not a whole number');
  return Number(text);
}

function truthOf(name: string, text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw wrong(name, text, 'neither true nor false');
  return lower === 'true';
}

/** `in:a,b` names several values, of which one must be there. */
function anyOf(text: string): string[] {
  if (!text.startsWith('in:')) return [text];
  const named = text.slice('in:'.length).split(',');
  return named.map((each) => each.replace(/^"(.*)"$/, '$1'));
}

const comparisons: Readonly<Record<string, (one: string, other: string) => boolean>> = {
  eq: (one, other) => one === other,
  neq: (one, other) => one !== other,
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
};

/** `gt:2026-01-01T00:00:00Z` and its like; a moment alone must be met exactly. */
function timeTest(name: string, text: string): (time: string) => boolean {
  const [operator = 'eq'] = /^[a-z]+(?=:)/.exec(text) ?? [];
  const compare = comparisons[operator];
  const moment = new Date(text.replace(/^[a-z]+:/, ''));
  if (compare === undefined || Number.isNaN(moment.getTime())) throw wrong(name, text, 'no time to compare with');
  const other = glanceTime(moment.toISOString());
  return (time) => compare(time, other);
}

const visibilities = ['public', 'private', 'shared', 'community', 'all'];

const tests: Readonly<Record<string, (text: string) => Test>> = {
  size_min(text) {
    const least = numberOf('size_min', text);
    return ({ size }) => size !== null && size >= least;
  },
  size_max(text) {
    const most = numberOf('size_max', text);
    return ({ size }) => size !== null && size <= most;
  },
  visibility(text) {
    if (!visibilities.includes(text)) throw wrong('visibility', text, `none of ${visibilities.join(', ')}`);
    return ({ visibility }) => text === 'all' || visibility === text;
  },
  protected(text) {
    const wanted = truthOf('protected', text);
    return (view) => view.protected === wanted;
  },
  os_hidden(text) {
    const wanted = truthOf('os_hidden', text);
    return (view) => view.os_hidden === wanted;
  },
  created_at(text) {
    const holds = timeTest('created_at', text);
    return (view) => holds(view.created_at);
  },
  updated_at(text) {
    const holds = timeTest('updated_at', text);
    return (view) => holds(view.updated_at);
  },
  tag: (text) => (view) => view.tags.includes(text),
};

/** What an image must be to fit a query. Throws `invalid_input` for a value that nothing can be compared with. */
export function imageTest(query: URLSearchParams): Test {
  const wanted: Test[] = [];
  for (const [name, text] of query) {
    if (directives.includes(name)) continue;
    const test = tests[name];
    const any = anyOf(text);
    wanted.push(test ? test(text) : (view) => any.includes(String(Reflect.get(view, name) ?? '')));
  }
  return (view) => wanted.every((test) => test(view));
}

import { UnkaiError } from '@unkai/contracts/errors';
import { imageMemberState } from '@unkai/contracts/resources/image-member';
import { listImages as imagesOf, type MemberState } from '@unkai/core/store/image';
import { everything, pageAsk, pageOf, sorted } from '../paging.ts';
import { listPlace } from '../place.ts';
import type { Answer, Asked } from '../service.ts';
import { imageTest } from './image-filter.ts';
import { type ImageView, imageView } from './image-view.ts';

const defaultLimit = 25;

/** `sort=name:asc,size` says the same as `sort_key` and `sort_dir`. Newest first unless asked. */
function orderOf(query: URLSearchParams): URLSearchParams {
  const order = new URLSearchParams();
  for (const part of query.get('sort')?.split(',') ?? []) {
    const [key = '', direction = 'desc'] = part.split(':');
    order.append('sort_key', key);
    order.append('sort_dir', direction);
  }
  for (const key of query.getAll('sort_key')) order.append('sort_key', key);
  for (const direction of query.getAll('sort_dir')) order.append('sort_dir', direction);
  if (!order.has('sort_dir')) order.append('sort_dir', 'desc');
  for (const key of ['created_at', 'id']) if (!order.getAll('sort_key').includes(key)) order.append('sort_key', key);
  return order;
}

function keyOf(view: ImageView, key: string): string | number | boolean | null | undefined {
  const value: unknown = Reflect.get(view, key);
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain || value === null ? value : undefined;
}

/** Which of the images that are shared with the project are meant. Throws `invalid_input` for no such word. */
function memberStatesOf(word: string): readonly MemberState[] {
  const state = imageMemberState.options.find((each) => each === word);
  if (state !== undefined) return [state];
  if (word === 'all') return imageMemberState.options;
  throw new UnkaiError('invalid_input', `member_status: must be one of ${imageMemberState.options.join(', ')}, all.`);
}

/**
 * `GET /v2/images`: the images of the caller's project, the public ones, and those shared with it that it has accepted;
 * operators see those of all projects.
 */
export async function listImages(asked: Asked): Promise<Answer> {
  const { query, call } = asked;
  const fits = imageTest(query);
  const projectId = await listPlace(call, 'image:read');
  const memberStates = memberStatesOf(query.get('member_status') ?? 'accepted');
  const known = await everything((page) => imagesOf(call, { ...page, projectId, memberStates }));
  const views = known.filter(({ state }) => state !== 'deleting').map(imageView);
  const inOrder = sorted(views.filter(fits), orderOf(query), keyOf);
  const { limit, marker } = pageAsk(query);
  const ask = { limit: query.has('limit') ? limit : defaultLimit, marker };
  const { items, next } = pageOf(inOrder, ask, ({ id }) => id);
  const more = next === null ? {} : { next: pathFrom(query, next) };
  return { status: 200, body: { images: items, first: pathFrom(query, null), schema: '/v2/schemas/images', ...more } };
}

function pathFrom(query: URLSearchParams, marker: string | null): string {
  const params = new URLSearchParams(query);
  params.delete('marker');
  if (marker !== null) params.set('marker', marker);
  return params.size === 0 ? '/v2/images' : `/v2/images?${params}`;
}

import { expect, test } from 'vitest';
import { narrowedSearch } from '../shell/narrowed-search.ts';

test('words that name a noun narrow a search to it; the rest is what is looked for', () => {
  expect(narrowedSearch('security web')).toEqual({ text: 'web', nouns: new Set(['security-group']) });
  expect(narrowedSearch('web Security  group')).toEqual({ text: 'web', nouns: new Set(['security-group']) });
  expect(narrowedSearch('group web')?.nouns).toEqual(new Set(['security-group', 'group']));
  expect(narrowedSearch('user ada lovelace')).toEqual({ text: 'ada lovelace', nouns: new Set(['user']) });
  for (const whole of ['web', 'security group', 'server image x', 'us ada', '']) {
    expect(narrowedSearch(whole), whole).toBeUndefined();
  }
});

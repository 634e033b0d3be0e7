import { notificationNoun } from '@unkai/contracts/resources/notification';
import { expect, test } from 'vitest';
import { notificationHref } from '../resources/notification.ts';

test('a notification leads into its project, to its domain, to operators’ pages, or nowhere; without a project never into one', () => {
  for (const noun of notificationNoun.options) {
    const about = { noun, resourceId: 'r1', projectId: 'p1' };
    expect(notificationHref(about) ?? '/operate', noun).toMatch(/^\/(projects\/p1|operate)(\/|$)/);
    expect(notificationHref({ ...about, projectId: null }) ?? '/operate', noun).toMatch(
      /^\/(operate|domains\/r1)(\/|$)/,
    );
  }
  const told = { noun: 'server', projectId: 'p1' } as const;
  expect(notificationHref({ ...told, resourceId: 's1' })).toBe('/projects/p1/servers/s1/activity');
  expect(notificationHref({ ...told, resourceId: null })).toBe('/projects/p1/servers');
  expect(notificationHref({ ...told, resourceId: 's1', projectId: null })).toBeUndefined();
});

import { notificationNoun } from '@unkai/contracts/resources/notification';
import { expect, test } from 'vitest';
import { notificationHref } from '../resources/notification.ts';

test('each notification leads to a page of its project, and nowhere without one', () => {
  for (const noun of notificationNoun.options) {
    const about = { noun, resourceId: 'r1', projectId: 'p1' };
    expect(notificationHref(about), noun).toMatch(/^\/projects\/p1\//);
    expect(notificationHref({ ...about, projectId: null }), noun).toBeUndefined();
  }
  const told = { noun: 'server', projectId: 'p1' } as const;
  expect(notificationHref({ ...told, resourceId: 's1' })).toBe('/projects/p1/servers/s1/activity');
  expect(notificationHref({ ...told, resourceId: null })).toBe('/projects/p1/servers');
});

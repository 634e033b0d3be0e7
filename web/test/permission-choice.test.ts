import { permission, permissions } from '@unkai/contracts/permissions';
import { expect, test } from 'vitest';
import { permissionChapters, readPermissions, usablePermissions } from '../resources/permission-choice.ts';

const offered = (isConfined: boolean) =>
  permissionChapters(isConfined).flatMap(({ nouns }) =>
    nouns.flatMap(({ verbs }) => verbs.map((each) => each.permission)),
  );

test('every permission there is can be chosen, once', () => {
  expect(offered(false).toSorted()).toEqual(permission.options.toSorted());
});

test('a token for one project is offered what counts in a project', () => {
  const scopes = new Set(offered(true).map((name) => permissions[name].scope));
  expect([...scopes].toSorted()).toEqual(['anyone', 'project']);
  expect(offered(true).toSorted()).toEqual(usablePermissions(true).toSorted());
});

test('only reading is what ends in read, and no less', () => {
  expect(readPermissions(false)).toEqual(permission.options.filter((name) => name.split(':')[1] === 'read'));
});

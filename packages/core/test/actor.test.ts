import { builtInRoleIds } from '@unkai/contracts/resources/role';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Scope } from '../src/call.ts';
import { actorFor, anonymousActor } from '../src/identity/actor.ts';
import { identityRows } from './identity-rows.ts';
import { openTestCore, type TestCore } from './workflow-core.ts';

let opened: TestCore;
let make: ReturnType<typeof identityRows>;
beforeAll(async () => {
  opened = await openTestCore();
  make = identityRows(opened.core);
});
afterAll(() => opened.close());

const { credentialId, tokenName, accessRules, auditIds, permissions, onlyProjectId } = anonymousActor;
const token = { kind: 'token', credentialId, tokenName, accessRules, auditIds, permissions, onlyProjectId } as const;

function actor(userId: string, scope: Scope | null = null, roleLimit: string[] | null = null): Promise<Actor | null> {
  return actorFor(opened.core, { userId, scope, roleLimit, credential: { ...token, mayMakeCredentials: true } });
}

/** A domain with three projects, one below the other, and a user of it. */
async function family() {
  const domain = await make.domain();
  const top = await make.project(domain.id);
  const middle = await make.project(domain.id, top.id);
  const bottom = await make.project(domain.id, middle.id);
  const user = await make.user(domain.id);
  const roles = async () => {
    const found = await actor(user.id);
    return [top, middle, bottom].map(({ id }) => found?.projectRoles.get(id) ?? null);
  };
  return { domain, top, middle, bottom, user, roles };
}

describe('a role counts', () => {
  test('on its project and not on those below, unless it is inherited: then only on those', async () => {
    const { top, middle, user, roles } = await family();
    await make.give('reader', { userId: user.id }, { projectId: middle.id });
    expect(await roles()).toEqual([null, 'reader', null]);
    await make.give('member', { userId: user.id }, { projectId: top.id, isInherited: true });
    expect(await roles()).toEqual([null, 'member', 'member']);
  });

  test('on a domain, and on all projects in it when inherited', async () => {
    const { domain, user, roles } = await family();
    await make.give('manager', { userId: user.id }, { domainId: domain.id });
    expect(await roles()).toEqual([null, null, null]);
    expect((await actor(user.id))?.domainRoles).toEqual(new Map([[domain.id, 'manager']]));
    await make.give('reader', { userId: user.id }, { domainId: domain.id, isInherited: true });
    expect(await roles()).toEqual(['reader', 'reader', 'reader']);
  });

  test('through a group, and the highest of several wins', async () => {
    const { domain, top, user, roles } = await family();
    const group = await make.group(domain.id, user.id);
    await make.give('member', { groupId: group.id }, { projectId: top.id });
    await make.give('reader', { userId: user.id }, { projectId: top.id });
    expect(await roles()).toEqual(['member', null, null]);
  });

  test('of one that was made, by what it implies, through others too', async () => {
    const { top, middle, user, roles } = await family();
    const nothing = await make.role();
    const operator = await make.role(builtInRoleIds.member);
    const through = await make.role(operator.id);
    await make.give(nothing, { userId: user.id }, { projectId: top.id });
    await make.give(through, { userId: user.id }, { projectId: middle.id });
    expect(await roles()).toEqual([null, 'member', null]);
  });

  test('A09: not on a disabled project, nor on those below it, nor in a disabled domain', async () => {
    const { domain, top, middle, bottom, user, roles } = await family();
    const { prisma } = opened.core.database;
    for (const { id } of [top, middle, bottom]) await make.give('member', { userId: user.id }, { projectId: id });
    await prisma.project.update({ where: { id: middle.id }, data: { isEnabled: false } });
    expect(await roles()).toEqual(['member', null, null]);
    const stranger = await make.user((await make.domain()).id);
    await make.give('member', { userId: stranger.id }, { projectId: top.id });
    await make.give('manager', { userId: stranger.id }, { domainId: domain.id });
    await prisma.domain.update({ where: { id: domain.id }, data: { isEnabled: false } });
    expect(await actor(user.id)).toBeNull();
    expect(await actor(stranger.id)).toMatchObject({ projectRoles: new Map(), domainRoles: new Map() });
  });
});

describe('A03: a token is for its scope and no more', () => {
  test('the roles on it are those held there, with what they imply', async () => {
    const { domain, top, middle, user } = await family();
    await make.give('member', { userId: user.id }, { projectId: top.id });
    await make.give('admin', { userId: user.id }, { projectId: middle.id });
    await make.give('manager', { userId: user.id }, { domainId: domain.id });
    const onTop = await actor(user.id, { kind: 'project', projectId: top.id });
    expect(onTop?.roles.map(({ name }) => name)).toEqual(['member', 'reader']);
    expect(onTop).toMatchObject({ projectRoles: new Map([[top.id, 'member']]), domainRoles: new Map() });
    const onDomain = await actor(user.id, { kind: 'domain', domainId: domain.id });
    expect(onDomain).toMatchObject({ projectRoles: new Map(), domainRoles: new Map([[domain.id, 'manager']]) });
    const unscoped = await actor(user.id, { kind: 'unscoped' });
    expect(unscoped).toMatchObject({ roles: [], projectRoles: new Map(), domainRoles: new Map() });
  });

  test('of the roles held only those within the limit count, whatever else is held', async () => {
    const { top, user } = await family();
    const scope = { kind: 'project', projectId: top.id } as const;
    await make.give('admin', { userId: user.id }, { projectId: top.id });
    expect((await actor(user.id, scope, [builtInRoleIds.reader]))?.projectRoles.get(top.id)).toBe('reader');
    const made = await make.role();
    await make.give(made, { userId: user.id }, { projectId: top.id });
    const limited = await actor(user.id, scope, [made.id]);
    expect(limited?.roles).toEqual([{ id: made.id, name: made.name }]);
    expect(limited?.projectRoles).toEqual(new Map());
  });

  test('a limit gives nothing that is not held', async () => {
    const { top, user } = await family();
    await make.give('reader', { userId: user.id }, { projectId: top.id });
    const scope = { kind: 'project', projectId: top.id } as const;
    expect((await actor(user.id, scope, [builtInRoleIds.admin]))?.projectRoles.get(top.id)).toBe('reader');
  });

  test('A08: it is dead when no role is left there', async () => {
    const { domain, top, user } = await family();
    expect(await actor(user.id, { kind: 'project', projectId: top.id })).toBeNull();
    expect(await actor(user.id, { kind: 'domain', domainId: domain.id })).toBeNull();
    expect(await actor(user.id, { kind: 'system' })).toBeNull();
    expect(await actor(user.id, { kind: 'unscoped' })).not.toBeNull();
  });

  test('for a project, only an operator operates with it, and not beyond its limit', async () => {
    const { top, user } = await family();
    const scope = { kind: 'project', projectId: top.id } as const;
    await make.give('member', { userId: user.id }, { projectId: top.id });
    await make.give('reader', { userId: user.id }, { isSystem: true });
    expect((await actor(user.id, scope))?.systemRole).toBeNull();
    await make.give('admin', { userId: user.id }, { isSystem: true });
    expect((await actor(user.id, scope))?.systemRole).toBe('admin');
    expect((await actor(user.id, scope, [builtInRoleIds.member]))?.systemRole).toBeNull();
  });

  test("admin of a project operates only where OpenStack's old rule was chosen", async () => {
    const { top, user } = await family();
    await make.give('admin', { userId: user.id }, { projectId: top.id });
    const request = { userId: user.id, scope: { kind: 'project', projectId: top.id } } as const;
    const credential = { ...token, mayMakeCredentials: true };
    expect(await actorFor(opened.core, { ...request, credential })).toMatchObject({ systemRole: null });
    const core = { ...opened.core, openstackAdmin: 'any-project' } as const;
    expect(await actorFor(core, { ...request, credential })).toMatchObject({ systemRole: 'admin' });
    expect(await actorFor(core, { ...request, scope: null, credential })).toMatchObject({ systemRole: null });
  });
});

import { describe, expect, test } from 'vitest';
import { asTree, placesOf, samePageOfDomain, samePageOfProject } from '../shell/places.ts';

describe('another project or domain', () => {
  test('opens at the same kind of page, and at its first where there is no such', () => {
    const reached = (from: string) => samePageOfProject(from, 'p2');
    expect(reached('/projects/p1/servers')).toBe('/projects/p2/servers');
    expect(reached('/projects/p1/servers/s1/console')).toBe('/projects/p2/servers');
    expect(reached('/projects/p1/servers/new')).toBe('/projects/p2/servers/new');
    expect(reached('/projects/p1/security-groups/g1')).toBe('/projects/p2/security-groups');
    for (const from of ['/projects/p1', '/domains/d1/users', '/operate/hosts', '/projects/p1/constructor']) {
      expect(reached(from), from).toBe('/projects/p2');
    }
    expect(samePageOfDomain('/domains/d1/users/u1', 'd2')).toBe('/domains/d2/users');
    expect(samePageOfDomain('/domains/d1/projects/p1', 'd2')).toBe('/domains/d2/projects');
    expect(samePageOfDomain('/projects/p1/servers', 'd2')).toBe('/domains/d2/projects');
  });
});

describe('what a person reaches', () => {
  const project = (name: string, parentId: string | null = null) => ({
    id: name,
    name,
    parentId,
    role: 'member' as const,
    domainId: 'd1',
    domainName: 'Acme',
  });

  test('projects stand below their parents by name; one whose parent is out of reach stands by itself', () => {
    const tree = asTree([
      project('b', 'a'),
      project('c', 'elsewhere'),
      project('a'),
      project('a10', 'a'),
      project('a9', 'a'),
    ]);
    expect(tree.map(({ name, depth }) => [name, depth])).toEqual([
      ['a', 0],
      ['a9', 1],
      ['a10', 1],
      ['b', 1],
      ['c', 0],
    ]);
  });

  test('a domain is there for its projects, for its managers, or for both', () => {
    const places = placesOf({
      projects: [project('shop')],
      domains: [{ id: 'd0', name: 'Zeta', role: 'manager' }],
    });
    expect(places.map(({ name, isOpen, projects }) => [name, isOpen, projects.length])).toEqual([
      ['Acme', false, 1],
      ['Zeta', true, 0],
    ]);
  });
});

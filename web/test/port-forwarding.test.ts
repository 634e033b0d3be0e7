import { expect, test } from 'vitest';
import { emptyForwarding, forwardingDraftOf, forwardingOf, whyNotForwarded } from '../resources/port-forwarding.ts';

const target = { portId: 'p1', fixedAddress: '10.0.0.5' };
const draft = { ...emptyForwarding, outside: '8000-8010', inside: '80 - 90', target };

test('a forwarding is read as people write it, and written back the same', () => {
  expect(whyNotForwarded(draft)).toBeUndefined();
  const made = forwardingOf(draft);
  expect(made).toEqual({
    protocol: 'tcp',
    externalPortMin: 8000,
    externalPortMax: 8010,
    portId: 'p1',
    fixedAddress: '10.0.0.5',
    internalPortMin: 80,
    internalPortMax: 90,
    description: '',
  });
  const shown = { id: 'f', floatingIpId: 'i', createdAt: '2026-01-01T00:00:00.000Z', ...target, ...kept(made) };
  expect(forwardingDraftOf(shown)).toEqual({ ...draft, inside: '80-90' });
  expect(forwardingOf({ ...draft, outside: '443', inside: '443' })).toMatchObject({
    externalPortMin: 443,
    externalPortMax: 443,
  });
});

function kept({ externalPortMin, internalPortMin }: ReturnType<typeof forwardingOf>) {
  return {
    protocol: 'tcp' as const,
    description: '',
    externalPortMin,
    externalPortMax: 8010,
    internalPortMin,
    internalPortMax: 90,
  };
}

test('what cannot be sent says why', () => {
  expect(whyNotForwarded({ ...draft, target: { portId: '', fixedAddress: '' } })).toMatch(/which port leads to which/);
  expect(whyNotForwarded({ ...draft, outside: 'ssh' })).toMatch(/a port as 8080/);
  expect(whyNotForwarded({ ...draft, outside: '80:90' })).toMatch(/a range as 8000-8010/);
  expect(whyNotForwarded({ ...draft, inside: '80' })).toMatch(/equally long/);
});

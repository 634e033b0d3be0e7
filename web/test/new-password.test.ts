import { expect, test } from 'vitest';
import { refusalOfNew } from '../forms/new-password.ts';

test('a new password that is the present one, too short or too long names the field, the rule and the next step', () => {
  const present = 'the present one';
  const same = { field: 'newPassword', message: expect.stringMatching(/another than the present/) };
  expect(refusalOfNew(present, present)).toMatchObject({
    detail: 'The new password must be another than the present password.',
    next: expect.stringMatching(/^Choose/),
    errors: [same],
  });
  for (const wrong of ['short', 'x'.repeat(513)]) {
    expect(refusalOfNew(present, wrong)?.detail, wrong).toMatch(/must have at (least 8|most 512) characters/);
  }
  expect(refusalOfNew(present, 'quite another one')).toBeUndefined();
});

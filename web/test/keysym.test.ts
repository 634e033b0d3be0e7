import { expect, test } from 'vitest';
import { keysymsOf } from '../console/keysym.ts';

test('letters of Latin-1 are their own keysyms, others carry their code point', () => {
  expect(keysymsOf('aA ß')).toEqual([0x61, 0x41, 0x20, 0xdf]);
  expect(keysymsOf('€雲😀')).toEqual([0x010020ac, 0x010096f2, 0x0101f600]);
});

test('every kind of line end is one Return, and other control characters are left out', () => {
  expect(keysymsOf('a\r\nb\rc\n')).toEqual([0x61, 0xff0d, 0x62, 0xff0d, 0x63, 0xff0d]);
  expect(keysymsOf('\x00\x07\x9b')).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RfbViewOnlyFilter } from '../../src/console/rfb-view-only.ts';

const handshake = Buffer.concat([Buffer.from('RFB 003.008\n'), Buffer.from([1]), Buffer.from([1])]);
const allowed = {
  pixelFormat: Buffer.concat([Buffer.from([0, 0, 0, 0]), Buffer.alloc(16, 8)]),
  encodings: Buffer.from([2, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 6]),
  update: Buffer.from([3, 1, 0, 0, 0, 0, 4, 0, 3, 0]),
  continuous: Buffer.from([150, 1, 0, 0, 0, 0, 4, 0, 3, 0]),
  fence: Buffer.concat([Buffer.from([248, 0, 0, 0, 0, 0, 0, 1, 3]), Buffer.from('abc')]),
};
const dropped = {
  key: Buffer.from([4, 1, 0, 0, 0, 0, 0, 65]),
  pointer: Buffer.from([5, 1, 0, 10, 0, 10]),
  cutText: Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 5]), Buffer.from('paste')]),
  extendedCutText: Buffer.concat([Buffer.from([6, 0, 0, 0, 0xff, 0xff, 0xff, 0xfb]), Buffer.from('paste')]),
  desktopSize: Buffer.concat([Buffer.from([251, 0, 4, 0, 3, 0, 1, 0]), Buffer.alloc(16)]),
  extendedKey: Buffer.from([255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30]),
  audioOn: Buffer.from([255, 1, 0, 0]),
  audioFormat: Buffer.from([255, 1, 0, 2, 3, 2, 0, 0, 172, 68]),
};

function pass(...parts: Buffer[]): Buffer {
  const filter = new RfbViewOnlyFilter();
  return Buffer.concat(parts.map((part) => filter.pass(part)));
}

test('the handshake and all that looking needs pass unchanged', () => {
  const session = Buffer.concat([handshake, ...Object.values(allowed)]);
  expect(pass(session).equals(session)).toBe(true);
});

test.each(Object.entries(dropped))('a viewer who may only look cannot send: %s', (_name, message) => {
  const passed = pass(Buffer.concat([handshake, message, allowed.update]));
  expect(passed.equals(Buffer.concat([handshake, allowed.update]))).toBe(true);
});

test('however the bytes are cut into pieces, the same ones pass', () => {
  const all = [
    ...Object.values(allowed).map((bytes) => ({ bytes, isAllowed: true })),
    ...Object.values(dropped).map((bytes) => ({ bytes, isAllowed: false })),
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 20 }), fc.array(fc.nat(40)), (messages, cuts) => {
      const filter = new RfbViewOnlyFilter();
      let rest = Buffer.concat([handshake, ...messages.map(({ bytes }) => bytes)]);
      const passed: Buffer[] = [];
      for (const cut of [...cuts, rest.length]) {
        passed.push(filter.pass(rest.subarray(0, cut)));
        rest = rest.subarray(cut);
      }
      const expected = messages.filter(({ isAllowed }) => isAllowed).map(({ bytes }) => bytes);
      return Buffer.concat(passed).equals(Buffer.concat([handshake, ...expected]));
    }),
  );
});

test('in version 3.3 the viewer names no security type', () => {
  const session = Buffer.concat([Buffer.from('RFB 003.003\n'), Buffer.from([1]), allowed.update]);
  expect(pass(session, dropped.key).equals(session)).toBe(true);
});

test('a message that is not known ends the session: its length is unknown too', () => {
  expect(() => pass(handshake, Buffer.from([77, 4, 1, 0]))).toThrow('message 77');
  expect(() => pass(handshake, Buffer.from([255, 9, 0, 0]))).toThrow('QEMU message');
  expect(() => pass(Buffer.from('RFB 003.008\n'), Buffer.from([2]))).toThrow('security type');
});

import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { SerialMultiplexer } from '../../src/console/multiplexer.ts';

/** A serial line whose guest's side the test holds. */
function line() {
  const typed: string[] = [];
  const guest = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      typed.push(bytes.toString());
      done();
    },
  });
  const heard = { bytes: 0, gone: false };
  const multiplexer = new SerialMultiplexer(guest, Buffer.alloc(0), {
    onBytes: (count) => {
      heard.bytes += count;
    },
    onGone: () => {
      heard.gone = true;
    },
  });
  const print = async (text: string) => {
    guest.push(text);
    await new Promise(setImmediate);
  };
  return { multiplexer, print, typed, heard, guest };
}

function viewer(isFast = true) {
  const seen = { text: '', end: '' };
  return {
    seen,
    send: (bytes: Buffer) => {
      if (isFast) seen.text += bytes.toString();
      return isFast;
    },
    end: (reason: string) => {
      seen.end = reason;
    },
  };
}

test('the line is read when nobody looks', async () => {
  const { print, heard } = line();
  await print('x'.repeat(1_000_000));
  expect(heard.bytes).toBe(1_000_000);
});

test('all viewers see the same, and one that comes late sees the last 64 KiB first', async () => {
  const { multiplexer, print } = line();
  const early = viewer();
  multiplexer.view(early);
  await print('a'.repeat(65_536));
  await print('login: ');
  const late = viewer();
  multiplexer.view(late);
  await print('root');
  expect(late.seen.text).toBe(`${'a'.repeat(65_529)}login: root`);
  expect(early.seen.text).toBe(`${'a'.repeat(65_536)}login: root`);
});

test('a slow viewer is dropped, the others and the guest notice nothing', async () => {
  const { multiplexer, print, heard } = line();
  const slow = viewer(false);
  const fast = viewer();
  multiplexer.view(slow);
  multiplexer.view(fast);
  await print('one ');
  await print('two');
  expect(slow.seen.end).toBe('slow');
  expect(fast.seen.text).toBe('one two');
  expect(heard.bytes).toBe(7);
  expect(multiplexer.viewerCount).toBe(1);
});

test('what a viewer types reaches the guest, and who has left sees no more', async () => {
  const { multiplexer, print, typed } = line();
  const one = viewer();
  const leave = multiplexer.view(one);
  multiplexer.type(Buffer.from('ls\r'));
  leave();
  await print('bin etc');
  expect(typed).toEqual(['ls\r']);
  expect(one.seen.text).toBe('');
});

test('a guest that is gone ends all views, and those that come after', async () => {
  const { multiplexer, guest, heard } = line();
  const one = viewer();
  multiplexer.view(one);
  guest.destroy();
  await new Promise(setImmediate);
  expect(one.seen.end).toBe('gone');
  const late = viewer();
  multiplexer.view(late);
  expect(late.seen.end).toBe('gone');
  expect(heard.gone).toBe(true);
});

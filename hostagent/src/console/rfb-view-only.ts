// QEMU's VNC server knows no viewers that may only look. So what such a viewer sends is read message by message (RFC 6143
// and the extensions that QEMU and noVNC share), and keys, pointer, clipboard and resizing never reach the guest. A message
// that is not known has no known length: the viewer is cut off rather than trusted.

type Rule = {
  isAllowed: boolean;
  /** Bytes that must be there to know the length. */
  headBytes: number;
  length(head: Buffer): number;
};

const fixed = (isAllowed: boolean, bytes: number): Rule => ({ isAllowed, headBytes: 1, length: () => bytes });

const rules: Readonly<Record<number, Rule>> = {
  // SetPixelFormat, SetEncodings, FramebufferUpdateRequest
  0: fixed(true, 20),
  2: { isAllowed: true, headBytes: 4, length: (head) => 4 + 4 * head.readUInt16BE(2) },
  3: fixed(true, 10),
  // KeyEvent, PointerEvent, ClientCutText (a negative length means the extended clipboard)
  4: fixed(false, 8),
  5: fixed(false, 6),
  6: { isAllowed: false, headBytes: 8, length: (head) => 8 + Math.abs(head.readInt32BE(4)) },
  // EnableContinuousUpdates, ClientFence
  150: fixed(true, 10),
  248: { isAllowed: true, headBytes: 9, length: (head) => 9 + head.readUInt8(8) },
  // SetDesktopSize, QEMU's own: extended key events and audio
  251: { isAllowed: false, headBytes: 8, length: (head) => 8 + 16 * head.readUInt8(6) },
  255: { isAllowed: false, headBytes: 4, length: lengthOfQemuMessage },
};

function lengthOfQemuMessage(head: Buffer): number {
  if (head.readUInt8(1) === 0) return 12;
  if (head.readUInt8(1) !== 1) throw new Error('A viewer sent a QEMU message that is not known.');
  const isSetFormat = head.readUInt16BE(2) === 2;
  return isSetFormat ? 10 : 4;
}

const versionBytes = 12;
const securityNone = 1;

/** Passes on what a viewer who may only look sends to a VNC server. One per connection. */
export class RfbViewOnlyFilter {
  #pending: Buffer = Buffer.alloc(0);
  #phase: 'version' | 'security' | 'init' | 'messages' = 'version';
  /** Bytes of the message under way that are still to come, and what becomes of them. */
  #remaining = 0;
  #isAllowed = true;

  /** Takes bytes of the viewer and gives those that may pass. Throws for a message that is not known. */
  pass(bytes: Buffer): Buffer {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const passed: Buffer[] = [];
    while (this.#pending.length > 0) {
      if (this.#remaining === 0 && !this.#beginNext()) break;
      const part = this.#pending.subarray(0, this.#remaining);
      if (this.#isAllowed) passed.push(part);
      this.#remaining -= part.length;
      this.#pending = this.#pending.subarray(part.length);
    }
    return Buffer.concat(passed);
  }

  /** Reads the head of the next message; false while there is not enough of it. */
  #beginNext(): boolean {
    const head = this.#pending;
    if (this.#phase !== 'messages') return this.#beginHandshake(head);
    const rule = rules[head.readUInt8(0)];
    if (rule === undefined) throw new Error(`A viewer sent the message ${head.readUInt8(0)}, which is not known.`);
    if (head.length < rule.headBytes) return false;
    this.#begin(rule.length(head), rule.isAllowed);
    return true;
  }

  #beginHandshake(head: Buffer): boolean {
    if (this.#phase === 'version') {
      if (head.length < versionBytes) return false;
      const isOld = head.subarray(0, versionBytes).toString('latin1') === 'RFB 003.003\n';
      // In version 3.3 the server chooses the security type, and the viewer says nothing.
      this.#phase = isOld ? 'init' : 'security';
      this.#begin(versionBytes, true);
      return true;
    }
    if (this.#phase === 'security') {
      if (head.readUInt8(0) !== securityNone) throw new Error('A viewer chose a security type that is not known.');
      this.#phase = 'init';
    } else {
      this.#phase = 'messages';
    }
    this.#begin(1, true);
    return true;
  }

  #begin(bytes: number, isAllowed: boolean): void {
    this.#remaining = bytes;
    this.#isAllowed = isAllowed;
  }
}

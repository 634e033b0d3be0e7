const named: Record<string, number> = { '\n': 0xff0d, '\t': 0xff09, '\b': 0xff08, '\u001b': 0xff1b };

/**
 * X11 keysyms that type `text`: Latin-1 is its own keysym, everything else is 0x01000000 plus the code point (X Window
 * System Protocol, appendix A). Line ends become Return; other control characters are left out.
 */
export function keysymsOf(text: string): readonly number[] {
  return [...text.replaceAll(/\r\n?/g, '\n')].flatMap((letter) => {
    const point = letter.codePointAt(0) ?? 0;
    const key = named[letter];
    if (key !== undefined) return [key];
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return [];
    return [point <= 0xff ? point : 0x0100_0000 + point];
  });
}

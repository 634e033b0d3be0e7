// A standard of 2025 that the types of the language do not know yet (JSON.parse source text access, ECMA-262).
declare global {
  interface JSON {
    /** What `JSON.stringify` writes as it stands. Throws for text that is no value of JSON. */
    rawJSON(text: string): object;
  }
}

/** An integer of any size as JSON writes it, digit by digit: as a number it would be rounded above 2^53. */
export function exactInteger(value: bigint): object {
  return JSON.rawJSON(value.toString());
}

const binarySteps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes in the largest binary unit that keeps the number above one: `17.4 MiB`. */
export function bytes(amount: number): string {
  let step = 0;
  let rest = amount;
  while (rest >= 1024 && step < binarySteps.length - 1) {
    rest /= 1024;
    step += 1;
  }
  const digits = rest >= 100 || Number.isInteger(rest) ? 0 : 1;
  return `${rest.toFixed(digits)} ${binarySteps[step]}`;
}

/** Memory given in MiB: `512 MiB`, `8 GiB`. */
export function memory(mebibytes: number): string {
  return bytes(mebibytes * 1024 * 1024);
}

/** `1 server`, `12 servers`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? one : many}`;
}

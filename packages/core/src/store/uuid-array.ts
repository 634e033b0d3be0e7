/**
 * Ids of rows as Postgres writes an array of them. The driver quotes and escapes each text of an array, which took 0.1 ms
 * of a list of a hundred.
 */
export function uuidArray(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

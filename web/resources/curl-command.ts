/** Text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A create as the API takes it, for curl. `path` is below /v1; `UNKAI_URL` and `UNKAI_TOKEN` come from `./unkai env`. The
 * key lets the same command be sent twice without making two.
 */
export function curlCommand(path: `/${string}`, body: object): string {
  return [
    `curl --fail-with-body "$UNKAI_URL/v1${path}" \\`,
    '  -H "Authorization: Bearer $UNKAI_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    `  --data ${shellWord(JSON.stringify(body, null, 2))}`,
  ].join('\n');
}

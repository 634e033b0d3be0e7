import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { openApiDocument } from './openapi.ts';
import { referencePage, referenceStyle } from './reference-page.ts';

/** The API's own description: OpenAPI at /v1/openapi.json, a page to read at /v1, both open to everyone. */
export function referenceDoor(): Hono {
  const door = new Hono();
  let made: { json: string; html: string } | undefined;
  const read = () => {
    made ??= makeReference();
    return made;
  };
  door.get('/v1/openapi.json', (context) => {
    const { json } = read();
    return context.body(json, 200, { 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  });
  const page = () => {
    const { html } = read();
    return new Response(html, { headers: pageHeaders });
  };
  door.get('/v1', page);
  door.get('/v1/', page);
  door.get('/docs/errors', page);
  return door;
}

// The page loads nothing and runs nothing: its one style sheet is inside it, known by its hash.
const styleHash = createHash('sha256').update(referenceStyle).digest('base64');
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Made when somebody first asks: most processes are never asked. */
function makeReference(): { json: string; html: string } {
  const document = openApiDocument();
  return { json: JSON.stringify(document), html: referencePage(document) };
}

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { toProblem, UnkaiError } from '@unkai/contracts/errors';
import type { Upstream } from './routes.ts';

const retrySeconds = 2;

// Looks again by itself; in both themes, with nothing loaded from anywhere.
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${retrySeconds}">
<title>Unkai is starting…</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 0.5rem; text-align: center;
  font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 1.5rem; margin: 0 } p { margin: 0 }
</style>
</head>
<body>
<main role="status">
<h1>Unkai is starting…</h1>
<p>This page looks again every ${retrySeconds} seconds.</p>
<p>If it stays, look at <code>./unkai status</code>.</p>
</main>
</body>
</html>
`;

/** The answer while the program behind the edge is not there: problem details for programs, a page for people. */
export function answerUnavailable(response: ServerResponse, upstream: Upstream): void {
  if (upstream === 'web') send(response, 503, 'text/html; charset=utf-8', page);
  else answerProblem(response, new UnkaiError('unavailable', 'This part of Unkai is starting or restarting.'));
}

/** Problem details (RFC 9457) from the edge itself. */
export function answerProblem(response: ServerResponse, error: UnkaiError): void {
  const problem = toProblem(error, randomUUID());
  send(response, problem.status, 'application/problem+json', JSON.stringify(problem));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(status === 503 ? { 'retry-after': String(retrySeconds) } : {}),
  });
  response.end(body);
}

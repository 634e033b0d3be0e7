import { errorCatalog } from '@unkai/contracts/errors';
import { z } from 'zod';
import type { OpenApiDocument } from './openapi.ts';
import { bodyFields, curlOf, type Entry } from './reference-curl.ts';

export const referenceStyle = `
:root { color-scheme: light dark; --line: light-dark(#d6dbe1, #2c333d); --soft: light-dark(#f4f6f8, #171b21); --quiet: light-dark(#53606f, #9aa7b6); --link: light-dark(#0b57a4, #7db8f5); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; background: light-dark(#fff, #0f1217); color: light-dark(#16202c, #e3e9f0); }
a { color: var(--link); }
header, main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
nav ul { columns: 14rem; padding-left: 1.1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin: 2rem 0 .2rem; font-size: 1rem; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
.method { display: inline-block; min-width: 4rem; font-weight: 600; }
.quiet { color: var(--quiet); margin: .2rem 0; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
`;

/** The reference as one page of HTML, with a curl line for each operation and the closed list of errors. */
export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) =>
    chapter(
      tag,
      operations.filter(({ operation }) => operation.tags.includes(tag)),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Unkai API reference</title>
<style>${referenceStyle}</style>
</head>
<body>
<header>
<h1>Unkai API reference</h1>
${document.info.description
  .split('\n\n')
  .map((each) => `<p>${prose(each)}</p>`)
  .join('\n')}
<p>Each command below works in a shell that has <code>UNKAI_URL</code>, such as <code>https://cloud.example.org</code>, and <code>UNKAI_TOKEN</code>, and an id of yours for each thing that it names, such as <code>$serverId</code>.</p>
<p>The same, for machines: <a href="/v1/openapi.json">/v1/openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Chapters"><ul>
${tags.map((tag) => `<li><a href="#${anchor(tag)}">${escapeHtml(tag)}</a></li>`).join('\n')}
<li><a href="#errors">Errors</a></li>
</ul></nav>
</header>
<main>
${sections.join('\n')}
${errorChapter()}
</main>
</body>
</html>
`;
}

function chapter(tag: string, entries: readonly Entry[]): string {
  return `<section aria-labelledby="${anchor(tag)}">
<h2 id="${anchor(tag)}">${escapeHtml(tag)}</h2>
${entries.map(entryHtml).join('\n')}
</section>`;
}

function entryHtml({ path, method, operation }: Entry): string {
  const { operationId, summary, description = '', parameters = [], responses } = operation;
  const rows = [
    ...parameters.map((each) => ({
      where: each.in,
      name: each.name,
      need: each.required === true,
      schema: each.schema,
    })),
    ...bodyFields(operation).map(({ isNeeded, ...each }) => ({ where: 'body', need: isNeeded, ...each })),
  ];
  const [status, success] = Object.entries(responses).findLast(([code]) => code.startsWith('2')) ?? [
    '',
    { description: '' },
  ];
  return `<article>
<h3 id="${anchor(operationId)}">${escapeHtml(summary)}</h3>
<p><code><span class="method">${method}</span>/v1${escapeHtml(path)}</code></p>
<p class="quiet">${prose(description)} Answers ${status}: ${escapeHtml(success.description)}</p>
${rows.length === 0 ? '' : fieldTable(rows)}
<pre>${escapeHtml(curlOf({ path, method, operation }))}</pre>
</article>`;
}

interface Field {
  readonly where: string;
  readonly name: string;
  readonly need: boolean;
  readonly schema: unknown;
}

function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ where, name, need, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${where}${need ? ', needed' : ''}</td><td>${escapeHtml(schemaInWords(schema))}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Field</th><th scope="col">In</th><th scope="col">What it takes</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}

const knownSchema = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.unknown().optional(),
  default: z.unknown().optional(),
});

function schemaInWords(schema: unknown): string {
  const parsed = knownSchema.safeParse(schema);
  if (!parsed.success) return '';
  const { type, format, minLength, maxLength, minimum, maximum, maxItems, items } = parsed.data;
  const choices = parsed.data.enum;
  const fallback = parsed.data.default;
  return [
    choices === undefined ? (format ?? type ?? '') : `one of ${choices.join(', ')}`,
    items === undefined ? '' : `of ${schemaInWords(items)}`,
    maxItems === undefined ? '' : `at most ${maxItems}`,
    maxLength === undefined ? '' : `${minLength ?? 0} to ${maxLength} characters`,
    minimum === undefined || maximum === undefined ? '' : `${minimum} to ${maximum}`,
    fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`,
  ]
    .filter((each) => each !== '')
    .join('; ');
}

function errorChapter(): string {
  const rows = Object.entries(errorCatalog).map(
    ([code, { status, title, next }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td><td>${escapeHtml(next)}</td></tr>`,
  );
  return `<section aria-labelledby="errors">
<h2 id="errors">Errors</h2>
<p>Every error is <code>application/problem+json</code>. <code>detail</code> says what happened, <code>next</code> what to do, <code>errors</code> which fields; <code>requestId</code> is in every log line behind it.</p>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>
</section>`;
}

/** Text with `code` in backticks. */
function prose(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function anchor(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

// Writes what is generated and kept in git: docs/openapi.json and docs/errors.md. The check runs this and refuses a tree
// that is not clean afterwards, so neither can say other than the sources do.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiDocument } from '../api/src/doors/openapi.ts';
import { errorCatalog } from '../packages/contracts/src/errors.ts';

const docs = join(import.meta.dirname, '..', 'docs');

function errorsPage(): string {
  const chapters = Object.entries(errorCatalog).map(
    ([code, { status, title, next }]) => `## ${code}\n\n${status}: ${title}.\n\n${next}\n`,
  );
  return `# Errors

Every error that Unkai tells is one of this closed list. On \`/v1\` it comes as problem details (RFC 9457,
\`application/problem+json\`): \`code\` is one of the headings below, \`detail\` says what happened, \`next\` what to do,
\`errors\` names each field at fault, and \`requestId\` is in every log line, job and workflow step behind the request.

Made by \`pnpm gen\` from \`packages/contracts/src/errors.ts\`; change it there.

${chapters.join('\n')}`;
}

await writeFile(join(docs, 'openapi.json'), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
await writeFile(join(docs, 'errors.md'), errorsPage());
console.log('Written: docs/openapi.json, docs/errors.md');

// Writes what is generated and kept in git. With `--check` it writes nothing and names each file that says other than
// the sources do.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { openApiDocument } from '../api/src/doors/openapi.ts';
import { errorCatalog } from '../packages/contracts/src/errors.ts';
import { withCurrentLinks } from './docs-links.ts';
import { checkout } from './test/command.ts';

interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

function errorsPage(): string {
  const chapters = Object.entries(errorCatalog).map(
    ([code, { status, title, next }]) => `## ${code}\n\n${status}: ${title}.\n\n${next}\n`,
  );
  return `# Errors

Every error that Unkai tells is one of this closed list. On \`/v1\` it comes as problem details (RFC 9457,
\`application/problem+json\`): \`code\` is one of the headings below, \`detail\` says what happened, \`next\` what to do,
\`errors\` names each field at fault with the rule that it broke (\`message\`) and what mends it (\`fix\`), and \`requestId\`
is in every log line, job and workflow step behind the request.

Made by \`pnpm gen\` from \`packages/contracts/src/errors.ts\`; change it there.

${chapters.join('\n')}`;
}

/** Pages written by people, whose links into the code name a symbol and its line: the lines are kept current. */
async function pages(): Promise<GeneratedFile[]> {
  const docs = (await readdir(join(checkout, 'docs'))).filter((name) => name.endsWith('.md') && name !== 'errors.md');
  const paths = [...docs.map((name) => join('docs', name)), 'README.md', 'CONTRIBUTING.md', 'images/README.md'];
  return Promise.all(paths.map(async (path) => ({ path, text: await withCurrentLinks(path) })));
}

const reference = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

/** The reference as types, for the client that tests and measurements call the API with. */
async function clientTypes(): Promise<string> {
  const types = astToString(await openapiTypes(reference));
  return `// Made by \`pnpm gen\` from docs/openapi.json.\n${types}`;
}

const files: GeneratedFile[] = [
  { path: 'docs/openapi.json', text: reference },
  { path: 'packages/client/src/generated/v1.ts', text: await clientTypes() },
  { path: 'docs/errors.md', text: errorsPage() },
  ...(await pages()),
];

const isCheck = process.argv.includes('--check');
for (const { path, text } of files) {
  const file = join(checkout, path);
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
  if (!isCheck) {
    await writeFile(file, text);
    process.stdout.write(`written: ${path}\n`);
    continue;
  }
  process.stderr.write(`${path} is not what its sources say. Mend: pnpm gen\n`);
  process.exitCode = 1;
}

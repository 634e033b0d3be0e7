// A function has fewer than 50 lines, from its first to its last: what is longer is not read, only scrolled. Biome has a
// rule for it too, which counts a component of 87 lines of JSX as 52. Tests are left out: theirs tell a whole story.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { checkout } from './test/command.ts';

const limit = 50;
const left = ['**/node_modules', '**/dist', '**/.next', '**/.unkai', '**/generated', '**/test', '**/*.spec.ts'];

function linesOf(node: ts.Node, file: ts.SourceFile): { first: number; count: number } {
  const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  return { first, count: file.getLineAndCharacterOfPosition(node.end).line + 2 - first };
}

function tooLong(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const { first, count } = linesOf(node, file);
      if (count >= limit) found.push(`${path}:${first}: ${count} lines in one function; it has fewer than ${limit}.`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const paths = ts.sys.readDirectory(checkout, ['.ts', '.tsx', '.mjs'], left);
const complaints = paths.flatMap((path) => tooLong(relative(checkout, path), readFileSync(path, 'utf8')));
if (paths.length < 100) complaints.push(`Only ${paths.length} files were looked at: the paths are wrong.`);
const long = `const one = () => [\n${'0,\n'.repeat(limit)}];`;
if (tooLong(join('web', 'a.tsx'), long).length !== 1) complaints.push('A function that is too long is not noticed.');
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;

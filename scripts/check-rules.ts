// A rule in our own words says how to mend what it refuses. The functions of packages/contracts/src/field-rule.ts do not
// compile without that sentence; here it is seen to that no schema of a request gets words from anywhere else, which zod's
// types would let through. Settings of processes are left out: nobody mends those by another request.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { checkout } from './test/command.ts';

const folders = ['packages/contracts/src', 'packages/core/src', 'api/src'];
const source = 'packages/contracts/src/field-rule.ts';

/** What takes words after something else; all the other schemas take them first. */
const takesWordsLast = new Set([
  ...['refine', 'regex', 'min', 'max', 'length', 'nonempty', 'startsWith', 'endsWith'],
  ...['literal', 'union', 'array', 'enum'],
]);

const isText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** Words as zod takes them beside ours: bare, or as the `error` or `message` of an object. */
function isBare(node: ts.Expression): boolean {
  if (isText(node)) return true;
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some(
    (each) =>
      ts.isPropertyAssignment(each) &&
      /^(?:error|message)$/.test(each.name.getText()) &&
      (isText(each.initializer) || ts.isConditionalExpression(each.initializer) || ts.isFunctionLike(each.initializer)),
  );
}

/** What has a name of its own is called a rule, so that it can be seen here to be one. */
const isUnknown = (node: ts.Expression): boolean => ts.isIdentifier(node) && !/rule$/i.test(node.text);

function faultOf(call: ts.CallExpression): string | null {
  const { expression: callee, arguments: given } = call;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  const name = callee.name.text;
  const on = callee.expression.getText();
  if (name === 'addIssue') return 'an issue made by hand; `refusing` makes one with its fix';
  if (name === 'refine' && given.length < 2) return 'a rule that says nothing; give it a `fieldRule`';
  const last = given.at(-1);
  if (last === undefined || on === 'Math') return null;
  const isBroken = takesWordsLast.has(name)
    ? given.length > 1 && (isBare(last) || isUnknown(last))
    : /^z(?:\.\w+)*$/.test(on) && isBare(last);
  return isBroken ? 'words without a fix; give them as a `fieldRule`' : null;
}

/** What refuses a field, by how much it is given: its fix is the last. */
const refusals = new Map([
  ['fieldRule', 2],
  ['refuseField', 3],
  ['refuseTaken', 3],
  ['refuse', 3],
]);

/** The fix is shown by itself, below the field: one sentence. What is put together elsewhere is not seen here. */
function isNoSentence({ expression: callee, arguments: given }: ts.CallExpression): boolean {
  const last = given.at(-1);
  if (last === undefined || !ts.isIdentifier(callee) || refusals.get(callee.text) !== given.length) return false;
  return isText(last) && !/^.[A-Z].*\.$/s.test(last.getText().slice(0, -1));
}

function faults(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const fault = ts.isCallExpression(node) ? faultOf(node) : null;
    const isShort = ts.isCallExpression(node) && isNoSentence(node);
    const { line } = file.getLineAndCharacterOfPosition(node.end);
    if (fault !== null) found.push(`${path}:${line + 1}: ${fault}.`);
    if (isShort) found.push(`${path}:${line + 1}: a fix that is no sentence.`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** One of each kind, so that a check which lets all through is noticed. */
const broken = [
  "z.string().refine((text) => text === '', 'must be empty');",
  'z.string().refine(isEmpty);',
  "z.array(id).max(2, 'must have at most two');",
  'z.literal(true, why);',
  "z.string().regex(/a/, { error: 'must be a', abort: true });",
  "z.union([id, name], 'must be one or the other');",
  "z.iso.datetime({ message: 'must be a time' });",
  "throw refuseField('imageId', 'names no image', 'choose another one');",
  "z.string().superRefine((text, context) => context.addIssue({ code: 'custom', message: text }));",
];
const sound =
  "z.literal('a'); z.string().min(1, sizeRule).refine(isA, fieldRule('must be a', 'Send a.')); Math.max(1, 2);";

const paths = folders
  .flatMap((folder) => ts.sys.readDirectory(join(checkout, folder), ['.ts'], ['**/generated']))
  .map((path) => relative(checkout, path))
  .filter((path) => path !== source);
const complaints = paths.flatMap((path) => faults(path, readFileSync(join(checkout, path), 'utf8')));
if (paths.length < 100) complaints.push(`Only ${paths.length} files were looked at: the paths are wrong.`);
for (const text of broken) if (faults('a.ts', text).length !== 1) complaints.push(`Not noticed: ${text}`);
complaints.push(...faults('sound', sound));
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
process.exitCode = complaints.length > 0 ? 1 : 0;

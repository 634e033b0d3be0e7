import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const portal = join(import.meta.dirname, '..');
const left = ['node_modules', '.next', 'test'];

/** Each way in which a browser makes markup, a script or a page of a text. */
const sinks =
  /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function\(/i;

async function sources(): Promise<string[]> {
  const entries = (await readdir(portal, { withFileTypes: true })).filter(({ name }) => !left.includes(name));
  const found = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name];
    const files = await readdir(join(portal, entry.name), { recursive: true });
    return files.map((file) => join(entry.name, file));
  });
  return (await Promise.all(found)).flat().filter((file) => /\.tsx?$/.test(file));
}

async function filesWith(pattern: RegExp): Promise<string[]> {
  const found = [];
  for (const file of await sources()) if (pattern.test(await readFile(join(portal, file), 'utf8'))) found.push(file);
  return found;
}

test('A39, A40, A41: nothing in the portal makes markup of a text, wherever the text is from', async () => {
  expect((await sources()).length).toBeGreaterThan(100);
  expect(await filesWith(sinks)).toEqual([]);
});

test.each([
  '<p dangerouslySetInnerHTML={{ __html: name }} />',
  'element.innerHTML = name',
  'element.outerHTML += name',
  "element.insertAdjacentHTML('beforeend', name)",
  'document.write(log)',
  'range.createContextualFragment(name)',
  "new DOMParser().parseFromString(name, 'text/html')",
  '<iframe srcDoc={name} />',
  'eval(name)',
  'new Function(name)',
])('A40: where a defence is given up it is seen: %s', (line) => {
  expect(line).toMatch(sinks);
});

test('A39: what a screen calls itself, or why it says that it closes, is not even listened to', async () => {
  expect(await filesWith(/@novnc\/novnc/)).toContain('console/screen.tsx');
  expect(await filesWith(/['"](desktopname|securityfailure|credentialsrequired|clipboard)['"]/)).toEqual([]);
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { checkout } from './test/command.ts';

// [`symbol`](../path/to/file.ts#L12): the line is where the symbol is defined.
const symbolLink = /\[`([\w.]+)`\]\(([^)#\s]+)#L\d+\)/g;
const anyLink = /\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/**
 * The text of a page with each link to a symbol leading to the line that defines it now. Throws an Error that names the
 * page and the link when a file or a symbol is not there: a page may not speak of what is gone.
 */
export async function withCurrentLinks(page: string): Promise<string> {
  const text = await readFile(join(checkout, page), 'utf8');
  for (const [, target = ''] of text.matchAll(anyLink)) {
    if (!existsSync(resolve(page, target))) throw new Error(`${page}: ${target} is not there`);
  }
  const lines = new Map<string, number>();
  for (const [link, symbol = '', target = ''] of text.matchAll(symbolLink)) {
    lines.set(link, await lineOf(symbol, resolve(page, target), page));
  }
  return text.replaceAll(symbolLink, (link) => link.replace(/#L\d+\)$/, `#L${lines.get(link)})`));
}

function resolve(page: string, target: string): string {
  return normalize(join(checkout, dirname(page), target));
}

async function lineOf(symbol: string, file: string, page: string): Promise<number> {
  const name = symbol.split('.').at(-1);
  const definition = new RegExp(
    `(?:function\\*?|const|class|interface|type|model)\\s+${name}\\b|^\\s+(?:async )?${name}[(:]`,
  );
  const at = (await readFile(file, 'utf8')).split('\n').findIndex((line) => definition.test(line));
  if (at < 0) throw new Error(`${page}: ${file.slice(checkout.length + 1)} defines no ${symbol}`);
  return at + 1;
}

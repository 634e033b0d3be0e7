// What a guest reads at 169.254.169.254, in the shape that EC2 gave it (dated versions of a tree of names and texts)
// and OpenStack's (JSON documents below /openstack). Pure: a server's spec in, texts out.
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { ec2Tree, ec2Versions } from './ec2.ts';
import { type Folder, isLeaf, type Leaf, type Node, plain, title } from './node.ts';
import { openStackTree, openStackVersions } from './openstack.ts';

export type Answer = { status: number; contentType: string; text: string };

const notFound: Answer = {
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  text: 'Not found: this server has nothing of that name.\n',
};

/**
 * The answer for a path, as the server whose port asked sees it. Slashes at the end and doubled ones do not matter;
 * ".." leads nowhere.
 */
export function answerPath(spec: DesiredServerSpec, portId: string, path: string): Answer {
  const names = path.split('/').filter((name) => name !== '');
  const [first, second] = names;
  if (first === 'openstack') {
    if (second === undefined) return found(plain([...openStackVersions, 'latest'].join('\n')));
    const version = openStackVersions.find((known) => known === (second === 'latest' ? '2020-10-14' : second));
    return version === undefined ? notFound : walk(openStackTree(spec, version), names.slice(2));
  }
  const [version, ...rest] = first === 'ec2' ? names.slice(1) : names;
  if (version === undefined) return found(plain([...ec2Versions, 'latest'].join('\n')));
  const known = ec2Versions.find((dated) => dated === (version === 'latest' ? '2009-04-04' : version));
  return known === undefined ? notFound : walk(ec2Tree(spec, portId, known), rest);
}

function found({ text, contentType }: Leaf): Answer {
  return text === null ? notFound : { status: 200, contentType, text };
}

function walk(root: Folder, names: readonly string[]): Answer {
  let node: Node = root;
  for (const name of names) {
    const next: Node | undefined = isLeaf(node) || !Object.hasOwn(node, name) ? undefined : node[name];
    if (next === undefined || name === title) return notFound;
    node = next;
  }
  return found(isLeaf(node) ? node : plain(listing(node)));
}

/** Folders end in a slash. EC2 names a key "0=its-name", and lists its folder without one. */
function listing(folder: Folder): string {
  return Object.entries(folder)
    .filter(([name]) => name !== title)
    .map(([name, node]) => {
      if (isLeaf(node)) return name;
      const shown = node[title];
      return shown !== undefined && isLeaf(shown) ? shown.text : `${name}/`;
    })
    .join('\n');
}

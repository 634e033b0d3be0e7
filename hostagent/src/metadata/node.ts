/** A folder of the tree; a leaf is its bytes. Insertion order is the order of listings. */
export type Folder = { readonly [name: string]: Node };
export type Node = Leaf | Folder;
/** A leaf with `text: null` is listed and cannot be read. */
export type Leaf = { readonly text: string | null; readonly contentType: string };

/** A leaf of this name is how its folder is listed, and is not listed itself. */
export const title = '=';

export const isLeaf = (node: Node): node is Leaf => 'contentType' in node;
export const plain = (text: string): Leaf => ({ text, contentType: 'text/plain; charset=utf-8' });
/** Shown in a listing, not to be read. */
export const absent: Leaf = { text: null, contentType: '' };
export const json = (value: unknown): Leaf => ({ text: JSON.stringify(value), contentType: 'application/json' });

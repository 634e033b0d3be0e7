import type { SearchHit } from '@unkai/contracts/resources/search';

/** What each noun is called, in the palette and by those who type. */
export const nounWords: Record<SearchHit['noun'], string> = {
  server: 'Servers',
  network: 'Networks',
  port: 'Ports',
  router: 'Routers',
  'floating-ip': 'Floating IPs',
  'security-group': 'Security groups',
  image: 'Images',
  'key-pair': 'Key pairs',
  project: 'Projects',
  domain: 'Domains',
  user: 'Users',
  group: 'Groups',
  role: 'Roles',
  host: 'Hosts',
};

type Narrowed = { text: string; nouns: ReadonlySet<string> };

/** `security web` as a security group named like web; undefined where no word, or each word, is of a noun. */
export function narrowedSearch(typed: string): Narrowed | undefined {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const isOfNoun = (word: string, name: string) =>
    word.length > 2 && name.split(' ').some((part) => part.startsWith(word));
  const names = Object.entries(nounWords).map(([noun, name]) => ({ noun, name: name.toLowerCase() }));
  const telling = words.filter((word) => names.some(({ name }) => isOfNoun(word, name)));
  const text = words.filter((word) => !telling.includes(word)).join(' ');
  const nouns = names.filter(({ name }) => telling.every((word) => isOfNoun(word, name))).map(({ noun }) => noun);
  return telling.length === 0 || text === '' || nouns.length === 0 ? undefined : { text, nouns: new Set(nouns) };
}

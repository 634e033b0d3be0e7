// What flavors ask of the metadata of aggregates, in the language of Nova's extra specs.

const scope = 'aggregate_instance_extra_specs:';

/** The metadata of all aggregates that a host is in. */
export type HostMetadata = ReadonlyArray<Readonly<Record<string, string>>>;

/** All that a host's aggregates say of a key; one text may hold several values, separated by commas. */
export function valuesOf(metadata: HostMetadata, key: string): string[] {
  const texts = metadata.flatMap((each) => (each[key] === undefined ? [] : [each[key]]));
  return texts.flatMap((text) => text.split(',').map((value) => value.trim()));
}

/** The keys that a flavor asks for, without their scope, with what is asked of each. Other specs are notes. */
export function askedOfAggregates(extraSpecs: Readonly<Record<string, string>>): Array<[key: string, asked: string]> {
  return Object.entries(extraSpecs).flatMap(([key, asked]) =>
    key.startsWith(scope) ? [[key.slice(scope.length), asked] as [string, string]] : [],
  );
}

/** Whether the aggregates of a host have all that a flavor asks for. */
export function hasWhatIsAsked(metadata: HostMetadata, extraSpecs: Readonly<Record<string, string>>): boolean {
  return askedOfAggregates(extraSpecs).every(([key, asked]) =>
    valuesOf(metadata, key).some((value) => matches(value, asked)),
  );
}

type Compare = (value: string, wanted: string) => boolean;
const numbers =
  (compare: (value: number, wanted: number) => boolean): Compare =>
  (value, wanted) =>
    value !== '' && wanted !== '' && compare(Number(value), Number(wanted));

/** By the word that a wish begins with. `=` means "at least", as it does in Nova. */
const operators: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['=', numbers((value, wanted) => value >= wanted)],
  ['==', numbers((value, wanted) => value === wanted)],
  ['!=', numbers((value, wanted) => value !== wanted)],
  ['>=', numbers((value, wanted) => value >= wanted)],
  ['<=', numbers((value, wanted) => value <= wanted)],
  ['s==', (value, wanted) => value === wanted],
  ['s!=', (value, wanted) => value !== wanted],
  ['s<', (value, wanted) => value < wanted],
  ['s<=', (value, wanted) => value <= wanted],
  ['s>', (value, wanted) => value > wanted],
  ['s>=', (value, wanted) => value >= wanted],
  ['<in>', (value, wanted) => value.includes(wanted)],
]);

/** Whether a value is as asked: the same text, or what an operator says, such as `>= 4` and `<or> ssd <or> nvme`. */
export function matches(value: string, asked: string): boolean {
  const [operator = '', ...rest] = asked.trim().split(/\s+/);
  if (operator === '<or>') return wordsAfter(asked, '<or>').includes(value);
  if (operator === '<all-in>') return rest.every((word) => value.includes(word));
  const compare = operators.get(operator);
  return compare === undefined ? value === asked : compare(value, rest.join(' '));
}

function wordsAfter(asked: string, operator: string): string[] {
  const words = asked.split(operator).map((word) => word.trim());
  return words.filter((word) => word !== '');
}

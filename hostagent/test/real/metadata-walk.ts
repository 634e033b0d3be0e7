// A guest that fetches every path of its metadata, with one program and in one connection, and says what it got: the status
// of each and the digest of its bytes.
import { createHash } from 'node:crypto';
import type { DesiredServerSpec } from '@unkai/contracts/host/desired';
import { answerPath } from '../../src/metadata/tree.ts';

export type Fetched = { path: string; status: number; digest: string };

/** All paths that the service lists for the caller, folders too, and one that is not there. */
export function metadataPaths(spec: DesiredServerSpec, portId: string): string[] {
  const names = (path: string) => answerPath(spec, portId, path).text.split('\n');
  const below = (folder: string): string[] => [
    folder,
    ...names(folder).flatMap((name) => {
      const next = name.replace(/^(\d+)=.*/, '$1/');
      return next.endsWith('/') ? below(folder + next) : [folder + next];
    }),
  ];
  const roots = ['/', '/openstack/'];
  return [
    ...roots,
    ...roots.flatMap((root) => names(root).flatMap((version) => below(`${root}${version}/`))),
    '/nothing',
  ];
}

// Each request gives another one: its length is what stays.
const seed = '"random_seed":"[A-Za-z0-9+/=]\\{684\\}"';

/**
 * QEMU 7.2 logs a character twice when whoever reads the console was not quick enough for it. So what is said is short, of
 * known length, and said several times.
 */
const digits = 16;

/** Lines of a script, for a guest with curl, that fetches these paths and tells of each on the serial console. */
export function walkingScript(paths: readonly string[]): string {
  return `mkdir /tmp/metadata && cd /tmp/metadata
awk '{ print "url=http://169.254.169.254" $1; print "output=" NR }' > /tmp/list << END
${paths.join('\n')}
END
curl -s --retry 9 --retry-delay 1 -w '%{http_code}\\n' -K /tmp/list > /tmp/codes
sed -i 's,${seed},"random_seed":"",' $(grep -l '^{"uuid"' *)
sha256sum $(seq ${paths.length}) > /tmp/digests
awk 'NR == FNR { code[NR] = $1; next } { printf "m %03d %s %s.\\n", FNR, code[FNR], substr($1, 1, ${digits}) }' \\
  /tmp/codes /tmp/digests > /tmp/said
for time in 1 2 3 4; do cat /tmp/said; done > /dev/ttyS0
`;
}

/** What the guest has said of each of these paths, NaN where it said nothing yet. */
export function walked(paths: readonly string[], log: string): Fetched[] {
  const said = new Map([...log.matchAll(/^m (\d{3}) (\d{3}) ([0-9a-f]+)\.\r?$/gm)].flatMap(asRead));
  return paths.map((path, index) => {
    const { status = Number.NaN, digest = '' } = said.get(index + 1) ?? {};
    return { path, status, digest };
  });
}

function asRead([, number, status, digest = '']: RegExpMatchArray): [number, Omit<Fetched, 'path'>][] {
  return digest.length === digits ? [[Number(number), { status: Number(status), digest }]] : [];
}

/** What the guest should have got. */
export function expectedWalk(paths: readonly string[], spec: DesiredServerSpec, portId: string): Fetched[] {
  return paths.map((path) => {
    const { status, text } = answerPath(spec, portId, path);
    const lasting = text.replace(/"random_seed":"[A-Za-z0-9+/=]{684}"/, '"random_seed":""');
    return { path, status, digest: createHash('sha256').update(lasting).digest('hex').slice(0, digits) };
  });
}

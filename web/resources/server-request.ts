import type { ServerCreate } from '@unkai/contracts/resources/server';

export type ServerRequest = { projectId: string } & Pick<ServerCreate, 'name' | 'flavorId' | 'imageId'> &
  Partial<ServerCreate>;

/** Text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The request as the API takes it, for curl. `UNKAI_URL` and `UNKAI_TOKEN` come from `./unkai env`. */
export function asCurl({ projectId, ...body }: ServerRequest): string {
  return [
    `curl --fail-with-body "$UNKAI_URL/v1/projects/${projectId}/servers" \\`,
    '  -H "Authorization: Bearer $UNKAI_TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    '  -H "Idempotency-Key: $(uuidgen)" \\',
    `  --data ${shellWord(JSON.stringify(body, null, 2))}`,
  ].join('\n');
}

/** The same request for the OpenStack client. User data goes by a file, which the client wants. */
export function asOpenStack(request: ServerRequest): string {
  const options = [
    `--image ${request.imageId}`,
    `--flavor ${request.flavorId}`,
    ...(request.networkIds ?? []).map((network) => `--network ${network}`),
    ...(request.securityGroupIds ?? []).map((group) => `--security-group ${group}`),
    ...(request.keyPairNames ?? []).slice(0, 1).map((name) => `--key-name ${shellWord(name)}`),
    ...Object.entries(request.metadata ?? {}).map(([key, value]) => `--property ${shellWord(`${key}=${value}`)}`),
    ...(request.userData ? ['--user-data start-up.sh'] : []),
    '--wait',
  ];
  return [
    'openstack server create \\',
    ...options.map((option) => `  ${option} \\`),
    `  ${shellWord(request.name)}`,
  ].join('\n');
}

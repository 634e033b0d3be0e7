// What tests do with an installation: the first project, its servers, and a way into their guests.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '@unkai/hostagent/tools/run';
import { z } from 'zod';
import { eventually, type Installation } from './installation.ts';

const named = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const me = z.object({ projects: z.tuple([z.object({ id: z.string() })], z.unknown()) });
const server = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  failure: z.object({ message: z.string() }).nullable(),
  hostName: z.string().nullable(),
  firstMetadataAt: z.string().nullable(),
  addresses: z.array(z.object({ address: z.string(), networkId: z.string(), portId: z.string() })),
});
export type Server = z.infer<typeof server>;

/** A project with what a server is made from. */
export class Cloud {
  readonly installation: Installation;
  readonly projectId: string;
  readonly #flavors: ReadonlyMap<string, string>;

  private constructor(installation: Installation, projectId: string, flavors: ReadonlyMap<string, string>) {
    this.installation = installation;
    this.projectId = projectId;
    this.#flavors = flavors;
  }

  static async of(installation: Installation): Promise<Cloud> {
    const { projects } = await installation.get('/users/me', me);
    const { items } = await installation.get('/flavors', named);
    return new Cloud(installation, projects[0].id, new Map(items.map(({ id, name }) => [name, id])));
  }

  /** Asks for a server and gives its id. `given` goes on top of the smallest flavor and the small image. */
  async createServer(
    name: string,
    given: Record<string, unknown> = {},
    wanted = ['m1.nano', 'tiny'],
    headers: Record<string, string> = {},
  ): Promise<string> {
    const [flavorName = '', imageName = ''] = wanted;
    const images = await this.installation.get(`/projects/${this.projectId}/images`, named);
    const image = images.items.find((each) => each.name === imageName);
    const body = { name, flavorId: this.#flavors.get(flavorName), imageId: image?.id, ...given };
    const answer = await this.installation.create(`/projects/${this.projectId}/servers`, body, headers);
    if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`);
    return server.parse(answer.body).id;
  }

  async servers(): Promise<Server[]> {
    const page = await this.installation.get(
      `/projects/${this.projectId}/servers?limit=100`,
      z.object({ items: z.array(server) }),
    );
    return page.items;
  }

  /** Waits until the server is in this state. Another end, `error`, is told with its reason. */
  untilState(id: string, state: string, limitMs?: number): Promise<Server> {
    return eventually(
      `server ${id} is ${state}`,
      async () => {
        const found = await this.installation.get(`/servers/${id}`, server);
        if (found.state === 'error' && state !== 'error') {
          throw new Error(`it is in error: ${found.failure?.message ?? 'without a reason'}`);
        }
        return found.state === state ? found : undefined;
      },
      limitMs,
    );
  }

  /** Registers a key pair of that name and lets SSH in everywhere. Gives the private key, as Dropbear writes it. */
  async letSshIn(name: string): Promise<string> {
    const file = join(this.installation.home, name);
    const { stdout } = await run(['dropbearkey', '-t', 'ed25519', '-f', file]);
    await this.#make('/key-pairs', { name, publicKey: /^ssh-ed25519 \S+/m.exec(stdout)?.[0] });
    const groups = await this.installation.get(`/projects/${this.projectId}/security-groups`, named);
    const group = groups.items.find((each) => each.name === 'default');
    const rule = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 };
    await this.#make(`/security-groups/${group?.id}/rules`, rule);
    return (await readFile(file)).toString('base64');
  }

  /**
   * Logs in to a server from another guest of its network, made for that: nothing else reaches a guest, not even the
   * host. Gives what `command` printed there, once the server lets the key in.
   */
  async logIn(target: Server, login: { user: string; key: string }, command: string, limitMs: number): Promise<string> {
    const address = `${login.user}@${target.addresses[0]?.address}`;
    const userData = [
      '#!/bin/sh',
      `echo ${login.key} | base64 -d > /tmp/key; chmod 600 /tmp/key`,
      `until dbclient -y -y -T -i /tmp/key ${address} true < /dev/null; do sleep 2; done`,
      `echo; echo '<<<'; dbclient -y -y -T -i /tmp/key ${address} '${command}' < /dev/null 2> /dev/null; echo '>>>'`,
    ].join('\n');
    const id = await this.createServer('visitor', { userData });
    try {
      return await eventually(
        `${target.name} lets the key in`,
        async () => /^<<<\s+([\s\S]*?)^>>>/m.exec((await this.log(id)).replaceAll('\r', ''))?.[1],
        limitMs,
      );
    } finally {
      await this.delete(id);
    }
  }

  /** The end of what the server wrote to its serial console, read from its host. */
  async log(id: string): Promise<string> {
    return (await this.installation.get(`/servers/${id}/log`, z.object({ text: z.string() }))).text;
  }

  async #make(path: string, body: unknown): Promise<void> {
    const answer = await this.installation.call('POST', path, body);
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Deletes all servers and waits until they are gone. */
  async deleteAll(): Promise<void> {
    for (const { id } of await this.servers()) await this.delete(id);
  }

  async delete(id: string): Promise<void> {
    await eventually(`server ${id} takes its delete`, async () =>
      [200, 202, 204, 404].includes((await this.installation.call('DELETE', `/servers/${id}`)).status)
        ? true
        : undefined,
    );
    await eventually(`server ${id} is gone`, async () =>
      (await this.installation.call('GET', `/servers/${id}`)).status === 404 ? true : undefined,
    );
  }
}

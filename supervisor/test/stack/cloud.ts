// What tests do with an installation: the first project, its servers, and a way into their guests.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { granted } from '@unkai/client/client';
import type { components, operations } from '@unkai/client/generated/v1';
import { run } from '@unkai/hostagent/tools/run';
import { eventually, type Installation } from './installation.ts';

export type Server = components['schemas']['Server'];
type Wanted = operations['server.create']['requestBody']['content']['application/json'];

/** How an installation is reached, and the folder that what belongs to it may lie in. */
type Reached = Pick<Installation, 'api' | 'home'>;

/** A project with what a server is made from. */
export class Cloud {
  readonly installation: Reached;
  readonly projectId: string;
  readonly #flavors: ReadonlyMap<string, string>;

  private constructor(installation: Reached, projectId: string, flavors: ReadonlyMap<string, string>) {
    this.installation = installation;
    this.projectId = projectId;
    this.#flavors = flavors;
  }

  static async of(installation: Reached): Promise<Cloud> {
    const { projects } = granted(await installation.api.GET('/users/me'));
    const { items } = granted(await installation.api.GET('/flavors'));
    return new Cloud(installation, projects[0]?.id ?? '', new Map(items.map(({ id, name }) => [name, id])));
  }

  /** Asks for a server and gives its id. `given` goes on top of the smallest flavor and the small image. */
  async createServer(
    name: string,
    given: Partial<Wanted> = {},
    wanted = ['m1.nano', 'tiny'],
    headers: Record<string, string> = {},
  ): Promise<string> {
    const [flavorName = '', imageName = ''] = wanted;
    const { api } = this.installation;
    const path = { projectId: this.projectId };
    const { items: images } = granted(await api.GET('/projects/{projectId}/images', { params: { path } }));
    const image = images.find((each) => each.name === imageName);
    const body = { name, flavorId: this.#flavors.get(flavorName) ?? '', imageId: image?.id ?? '', ...given };
    const header = { 'Idempotency-Key': randomUUID() };
    const made = await api.POST('/projects/{projectId}/servers', { params: { path, header }, body, headers });
    return granted(made).id;
  }

  async servers(): Promise<Server[]> {
    const params = { path: { projectId: this.projectId }, query: { limit: 100 } };
    return granted(await this.installation.api.GET('/projects/{projectId}/servers', { params })).items;
  }

  /** Waits until the server is in this state. Another end, `error`, is told with its reason. */
  untilState(id: string, state: string, limitMs?: number): Promise<Server> {
    return eventually(
      `server ${id} is ${state}`,
      async () => {
        const found = granted(await this.installation.api.GET('/servers/{id}', { params: { path: { id } } }));
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
    const { api } = this.installation;
    const publicKey = /^ssh-ed25519 \S+/m.exec(stdout)?.[0] ?? '';
    granted(await api.POST('/key-pairs', { body: { name, publicKey } }));
    const params = { path: { projectId: this.projectId } };
    const { items: groups } = granted(await api.GET('/projects/{projectId}/security-groups', { params }));
    const path = { securityGroupId: groups.find((each) => each.name === 'default')?.id ?? '' };
    const body = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 } as const;
    granted(await api.POST('/security-groups/{securityGroupId}/rules', { params: { path }, body }));
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
    return granted(await this.installation.api.GET('/servers/{id}/log', { params: { path: { id } } })).text;
  }

  /** Deletes all servers and waits until they are gone. */
  async deleteAll(): Promise<void> {
    for (const { id } of await this.servers()) await this.delete(id);
  }

  async delete(id: string): Promise<void> {
    const { api } = this.installation;
    const params = { path: { id } };
    await eventually(`server ${id} takes its delete`, async () => {
      const { response } = await api.DELETE('/servers/{id}', { params });
      return [200, 202, 204, 404].includes(response.status) ? true : undefined;
    });
    await eventually(`server ${id} is gone`, async () => {
      const { response } = await api.GET('/servers/{id}', { params });
      return response.status === 404 ? true : undefined;
    });
  }
}

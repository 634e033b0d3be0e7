// What tests do with an installation: the first project, and its servers.
import { z } from 'zod';
import { eventually, type Installation } from './installation.ts';

const named = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
const me = z.object({ projects: z.tuple([z.object({ id: z.string() })], z.unknown()) });
export const server = z.object({
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
  async createServer(name: string, given: Record<string, unknown> = {}, wanted = ['m1.nano', 'tiny']): Promise<string> {
    const [flavorName = '', imageName = ''] = wanted;
    const images = await this.installation.get(`/projects/${this.projectId}/images`, named);
    const image = images.items.find((each) => each.name === imageName);
    const body = { name, flavorId: this.#flavors.get(flavorName), imageId: image?.id, ...given };
    const answer = await this.installation.create(`/projects/${this.projectId}/servers`, body);
    // A create whose answer was lost with the API that made it: it is there, under its name.
    if (answer.status === 409) return (await this.#named(name)).id;
    if (answer.status >= 300) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`);
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

  #named(name: string): Promise<Server> {
    return eventually(`server ${name} is listed`, async () =>
      (await this.servers()).find((each) => each.name === name),
    );
  }
}

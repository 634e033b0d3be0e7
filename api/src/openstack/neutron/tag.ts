import { UnkaiError } from '@unkai/contracts/errors';
import { tags } from '@unkai/contracts/primitives';
import { notFound } from '@unkai/core/access';
import { z } from 'zod';
import type { Answer, Asked, Operations, Route } from '../service.ts';

interface Tagged {
  readonly noun: string;
  readonly read: (operations: Operations, id: string) => Promise<{ readonly tags: readonly string[] }>;
  readonly write: (operations: Operations, id: string, wanted: string[]) => Promise<unknown>;
}

const qosPolicies: Tagged = {
  noun: 'qos-policy',
  read: ({ qosPolicy }, id) => qosPolicy.get({ id }),
  write: ({ qosPolicy }, id, wanted) => qosPolicy.update({ id, tags: wanted }),
};

/** What has tags, by its path. */
const kinds: Readonly<Record<string, Tagged>> = {
  networks: {
    noun: 'network',
    read: ({ network }, id) => network.get({ id }),
    write: ({ network }, id, wanted) => network.update({ id, tags: wanted }),
  },
  subnets: {
    noun: 'subnet',
    read: ({ subnet }, id) => subnet.get({ id }),
    write: ({ subnet }, id, wanted) => subnet.update({ id, tags: wanted }),
  },
  ports: {
    noun: 'port',
    read: ({ port }, id) => port.get({ id }),
    write: ({ port }, id, wanted) => port.update({ id, tags: wanted }),
  },
  routers: {
    noun: 'router',
    read: ({ router }, id) => router.get({ id }),
    write: ({ router }, id, wanted) => router.update({ id, tags: wanted }),
  },
  floatingips: {
    noun: 'floating-ip',
    read: ({ floatingIp }, id) => floatingIp.get({ id }),
    write: ({ floatingIp }, id, wanted) => floatingIp.update({ id, tags: wanted }),
  },
  'security-groups': {
    noun: 'security-group',
    read: ({ securityGroup }, id) => securityGroup.get({ id }),
    write: ({ securityGroup }, id, wanted) => securityGroup.update({ id, tags: wanted }),
  },
  subnetpools: {
    noun: 'subnet-pool',
    read: ({ subnetPool }, id) => subnetPool.get({ id }),
    write: ({ subnetPool }, id, wanted) => subnetPool.update({ id, tags: wanted }),
  },
  // Neutron has their tags below the one, and its clients ask for the other.
  policies: qosPolicies,
  'qos/policies': qosPolicies,
};

async function put({ operations }: Asked, kind: Tagged, id: string, names: readonly string[]): Promise<void> {
  const wanted = tags.safeParse(names);
  if (!wanted.success) throw new UnkaiError('invalid_input', `tags: ${wanted.error.issues[0]?.message}.`);
  await kind.write(operations, id, wanted.data);
}

/** The tags of what the path names. */
function wholeRoutes(at: string, kind: Tagged): Route[] {
  const idOf = (asked: Asked) => asked.id('id', kind.noun);
  return [
    {
      method: 'GET',
      path: at,
      async answer(asked) {
        return { status: 200, body: { tags: (await kind.read(asked.operations, idOf(asked))).tags } };
      },
    },
    {
      method: 'PUT',
      path: at,
      async answer(asked) {
        const { tags: wanted } = await asked.body(z.strictObject({ tags: z.array(z.string()) }));
        await put(asked, kind, idOf(asked), wanted);
        return { status: 200, body: { tags: wanted } };
      },
    },
    {
      method: 'DELETE',
      path: at,
      async answer(asked) {
        await put(asked, kind, idOf(asked), []);
        return { status: 204 };
      },
    },
  ];
}

interface OneTag {
  readonly id: string;
  readonly tag: string;
  readonly present: readonly string[];
}

/** One of them. Asking for one that is not there, or taking it away, is 404. */
function oneRoute(
  method: Route['method'],
  at: string,
  kind: Tagged,
  act: (asked: Asked, one: OneTag) => Promise<Answer>,
) {
  const answer = async (asked: Asked): Promise<Answer> => {
    const id = asked.id('id', kind.noun);
    const tag = asked.param('tag');
    const { tags: present } = await kind.read(asked.operations, id);
    if (method !== 'PUT' && !present.includes(tag)) throw notFound('tag', tag);
    return act(asked, { id, tag, present });
  };
  return { method, path: `${at}/:tag`, answer };
}

function tagRoutesOf(path: string, kind: Tagged): Route[] {
  const at = `/v2.0/${path}/:id/tags`;
  return [
    ...wholeRoutes(at, kind),
    oneRoute('GET', at, kind, async () => ({ status: 204 })),
    oneRoute('PUT', at, kind, async (asked, { id, tag, present }) => {
      await put(asked, kind, id, [...new Set([...present, tag])]);
      return { status: 201 };
    }),
    oneRoute('DELETE', at, kind, async (asked, { id, tag, present }) => {
      const others = present.filter((each) => each !== tag);
      await put(asked, kind, id, others);
      return { status: 204 };
    }),
  ];
}

export const tagRoutes: readonly Route[] = Object.entries(kinds).flatMap(([path, kind]) => tagRoutesOf(path, kind));

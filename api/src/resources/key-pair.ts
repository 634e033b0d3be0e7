import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { keyPair, keyPairCreate, keyPairGenerate, keyPairGenerated } from '@unkai/contracts/resources/key-pair';
import { grantedGlobally } from '@unkai/core/access';
import { commit } from '@unkai/core/database/database';
import { createKeyPair, deleteKeyPair, findKeyPair, listKeyPairs, viewKeyPair } from '@unkai/core/store/key-pair';
import { z } from 'zod';
import { generateKeyPair, parsePublicKey } from '../public-key.ts';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Key pairs');

export const keyPairRouter = router({
  create: procedure
    .meta(operation('POST /key-pairs', 'Add a public key', 'key-pair:create'))
    .input(keyPairCreate)
    .output(keyPair)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'key-pair:create');
      const key = { name: input.name, ...parsePublicKey(input.publicKey) };
      return commit(call.core.database, (unit) => createKeyPair(unit, call, key));
    }),
  generate: procedure
    .meta(
      operation('POST /key-pairs/generate', 'Make a key pair; the private key is shown once', 'key-pair:create', {
        showsSecret: true,
      }),
    )
    .input(keyPairGenerate)
    .output(keyPairGenerated)
    .mutation(async ({ ctx: { call }, input }) => {
      await grantedGlobally(call, 'key-pair:create');
      const { privateKey, ...key } = generateKeyPair(input.name);
      const made = await commit(call.core.database, (unit) => createKeyPair(unit, call, { name: input.name, ...key }));
      return { ...made, privateKey };
    }),
  list: procedure
    .meta(operation('GET /key-pairs', 'List your key pairs', 'key-pair:read'))
    .input(pageQuery)
    .output(page(keyPair))
    .query(({ ctx: { call }, input }) => listKeyPairs(call, input)),
  get: procedure
    .meta(operation('GET /key-pairs/{id}', 'Show a key pair', 'key-pair:read'))
    .input(z.strictObject({ id }))
    .output(keyPair)
    .query(async ({ ctx: { call }, input }) => viewKeyPair(await findKeyPair(call, 'key-pair:read', input.id))),
  delete: procedure
    .meta(operation('DELETE /key-pairs/{id}', 'Delete a key pair; servers keep the key they have', 'key-pair:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findKeyPair(call, 'key-pair:delete', input.id);
      await commit(call.core.database, (unit) => deleteKeyPair(unit, call, row));
    }),
});

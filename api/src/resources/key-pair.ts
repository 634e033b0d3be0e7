import { id, page, pageQuery } from '@unkai/contracts/primitives';
import { keyPair, keyPairCreate } from '@unkai/contracts/resources/key-pair';
import { z } from 'zod';
import { operations, pending, procedure, router } from '../trpc.ts';

const operation = operations('Key pairs');

export const keyPairRouter = router({
  create: procedure
    .meta(operation('POST /key-pairs', 'Add a public key', 'key-pair:create'))
    .input(keyPairCreate)
    .output(keyPair)
    .mutation(pending),
  list: procedure
    .meta(operation('GET /key-pairs', 'List your key pairs', 'key-pair:read'))
    .input(pageQuery)
    .output(page(keyPair))
    .query(pending),
  get: procedure
    .meta(operation('GET /key-pairs/{id}', 'Show a key pair', 'key-pair:read'))
    .input(z.strictObject({ id }))
    .output(keyPair)
    .query(pending),
  delete: procedure
    .meta(operation('DELETE /key-pairs/{id}', 'Delete a key pair; servers keep the key they have', 'key-pair:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(pending),
});

// A process that makes an image under a key and is killed at a moment of it, as a test cannot be itself.
//   node keyed-create-victim.ts <database> <user> <key> <moment>
import { openDatabase } from '../src/database/database.ts';
import { createOnce } from './keyed-create.ts';

const [url = '', userId = '', key = '', killedAt] = process.argv.slice(2);
const at = (moment: string) => {
  if (moment === killedAt) process.kill(process.pid, 'SIGKILL');
};
const database = openDatabase(url);
await createOnce(database, { userId, key, at });
await database.close();

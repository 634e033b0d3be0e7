import type { Database } from '@unkai/core/database/database';
import { refuseField } from '@unkai/core/store/refusal';
import { type RestRoute, takesKey } from './rest-routes.ts';

const parameter = 'dry_run';

/**
 * Takes `dry_run=1` off the query of a create, and says whether it was there. Of any other operation it is left where it
 * is, and refused with everything else that the operation does not know: nothing is done by somebody who asked for a try.
 * Throws `invalid_input` for another value.
 */
export function takeDryRun({ searchParams }: URL, route: RestRoute): boolean {
  const [given, another] = searchParams.getAll(parameter);
  if (given === undefined || !takesKey(route)) return false;
  if (given !== '1' || another !== undefined) {
    throw refuseField(parameter, 'must be 1, and there once', 'Leave it out to make the thing.');
  }
  searchParams.delete(parameter);
  return true;
}

/** The same database, on which nothing that is tried stays: every `commit` on it ends in a rollback. */
export function dryDatabase(database: Database): Database {
  return { ...database, isDryRun: true };
}

import type { Call } from '@unkai/core/call';
import type { Context } from 'hono';

/** Who calls, from their request: reads the credential anew each time, so that what was revoked meanwhile shows. */
export type CallOf = (context: Context) => Promise<Call>;

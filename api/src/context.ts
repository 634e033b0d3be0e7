import type { Call } from '@unkai/core/call';

/** What each operation gets from its door. */
export interface Context {
  readonly call: Call;
  /** What the caller's browser or program calls itself; shown in the list of sessions. */
  readonly userAgent: string | null;
  /** Why nothing may be done with this request, such as a cookie that a page of another site sent; null mostly. */
  readonly refusal: Error | null;
}

/** How long a credential may live, in days, as options to choose from. */
export const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '3650', label: '10 years' },
] as const;

const dayMs = 24 * 60 * 60 * 1000;

/** The moment so many days from now, as ISO 8601 in UTC. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString();
}

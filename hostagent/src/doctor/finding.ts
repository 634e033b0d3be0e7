import type { Finding } from '@unkai/contracts/host/finding';

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says, mend: null });
export const warn = (name: string, says: string, mend: string): Finding => ({ name, state: 'warn', says, mend });
export const bad = (name: string, says: string, mend: string): Finding => ({ name, state: 'bad', says, mend });

/** What the probe finds, or `bad` with the first line of what went wrong. */
export async function found(name: string, mend: string, probe: () => Promise<Finding>): Promise<Finding> {
  try {
    return await probe();
  } catch (error) {
    return bad(name, firstLine(error), mend);
  }
}

/** The first line of an error, for people. */
export function firstLine(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.split('\n')[0]?.slice(0, 300) ?? '';
}

// What a host is not to have any more goes first: another may have it as soon as this one reports that it is gone, and
// something else that fails on the way must not keep it.
const afterwards = new WeakSet<object>();

/** Runs `rest` when `letGo` is done; of what it throws `hasLetGo` is true. */
export async function lettingGoFirst<Made>(letGo: () => Promise<void>, rest: () => Promise<Made>): Promise<Made> {
  await letGo();
  try {
    return await rest();
  } catch (error) {
    if (error instanceof Error) afterwards.add(error);
    throw error;
  }
}

/** Whether an error came when all that was not to be there any more was gone. */
export function hasLetGo(error: unknown): boolean {
  return error instanceof Error && afterwards.has(error);
}

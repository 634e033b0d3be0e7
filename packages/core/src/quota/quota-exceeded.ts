import { errorCatalog, UnkaiError } from '@unkai/contracts/errors';

/** A quota that what was asked for goes beyond, and by how much, in a sentence. */
interface OverQuota {
  readonly field: string;
  readonly message: string;
}

/** `quota_exceeded`, with where: `projectId` is null for what is a user's own. */
export class QuotaExceeded extends UnkaiError {
  readonly projectId: string | null;

  constructor(projectId: string | null, over: readonly OverQuota[], next: string = errorCatalog.quota_exceeded.next) {
    const errors = over.map((each) => ({ ...each, fix: next }));
    super('quota_exceeded', over.map(({ message }) => message).join(' '), { errors, next });
    this.projectId = projectId;
  }
}

import { type FieldError, UnkaiError } from '@unkai/contracts/errors';

/** `quota_exceeded`, with where: `projectId` is null for what is a user's own. */
export class QuotaExceeded extends UnkaiError {
  readonly projectId: string | null;

  constructor(projectId: string | null, sentences: readonly FieldError[]) {
    super('quota_exceeded', sentences.map(({ message }) => message).join(' '), { errors: sentences });
    this.projectId = projectId;
  }
}

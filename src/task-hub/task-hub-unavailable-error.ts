/** The task hub stores nothing now: its storage is full, or it is being restarted. The same command can succeed later. */
export class TaskHubUnavailableError extends Error {
  override readonly name = 'TaskHubUnavailableError';

  constructor(cause: unknown) {
    super('The task hub stores nothing now.', { cause });
  }
}

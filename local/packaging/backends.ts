/** Where the durable state lives in Azure; each has its part of host.json under `infra/backends`. */
export const BACKENDS = ['azure-storage', 'durable-task-scheduler'] as const;

export type Backend = (typeof BACKENDS)[number];

/** That of host.json as it stands in the repository. */
export const DEFAULT_BACKEND: Backend = 'azure-storage';

/** An orchestration instance as the platform shows it, as far as it is read here. */
export interface Instance {
  readonly instanceId: string;
  readonly runtimeStatus: string;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
  readonly input?: unknown;
  readonly customStatus?: unknown;
  readonly output?: unknown;
}

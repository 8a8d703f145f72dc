/** What a run would do for a step. */
export type PlannedAction = 'create' | 'update' | 'unchanged';

/** A property that is not as the request wants it. Never holds a secret. */
export interface Difference {
  readonly property: string;
  /** What is there; `not set` for nothing. */
  readonly from: string;
  readonly to: string;
}

/** What inspecting one step's part of Azure showed, before anything is changed. */
export interface Inspection<T = unknown> {
  readonly action: PlannedAction;
  readonly changes: readonly Difference[];
  readonly resourceId: string;
  /** What the step gives to others; undefined while only carrying it out will show. */
  readonly value?: T | undefined;
  /** What a person should know, such as what cannot be known yet. */
  readonly note?: string | undefined;
}

/** The inspection of something that is only there or not. */
export const inspectExistence = <T>(resourceId: string, exists: boolean, value: T): Inspection<T> => ({
  action: exists ? 'unchanged' : 'create',
  changes: [],
  resourceId,
  value,
});

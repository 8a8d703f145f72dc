/** What a run would do for a step. */
const plannedActions = ['create', 'update', 'unchanged'] as const;

export type PlannedAction = (typeof plannedActions)[number];

/** The same as a plan says it. `unknown`: what exists could not be read. */
export const planActions = [...plannedActions, 'unknown'] as const;

export type PlanAction = (typeof planActions)[number];

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

/** What stands in the place of an inspection that could not be made. */
export interface NotInspected extends Pick<Inspection, 'changes' | 'resourceId' | 'note'> {
  readonly action: 'unknown';
  readonly value?: undefined;
  /** Why. */
  readonly error: UncheckedError;
}

interface UncheckedError {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** @param cause - the name of the step whose value could not be read, when it is not the step itself. */
export const notInspected = (
  resourceId: string,
  { code, message, remedy }: UncheckedError,
  cause?: string,
): NotInspected => ({
  action: 'unknown',
  changes: [],
  resourceId,
  note: `Not checked: ${cause === undefined ? '' : `the step ${cause} could not be read. `}${code}: ${message}${remedy === undefined ? '' : ` ${remedy}`}`,
  error: { code, message, ...(remedy !== undefined && { remedy }) },
});

/** The inspection of something that is only there or not. */
export const inspectExistence = <T>(resourceId: string, exists: boolean, value: T): Inspection<T> => ({
  action: exists ? 'unchanged' : 'create',
  changes: [],
  resourceId,
  value,
});

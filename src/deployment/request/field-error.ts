/** A field at fault and the rule that it breaks. */
export interface FieldError {
  /** Dotted path in the request's body, e.g. `cluster.nodeCount`; empty for the body itself. */
  readonly field: string;
  readonly message: string;
}

/** A parameter of a route template. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly constraints: readonly ((value: string) => boolean)[];
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly defaultValue: string | undefined;
}

/** A part of a segment of a route template. */
export type Part = Parameter | { readonly kind: 'literal'; readonly text: string };

/** Something that `az` or `azd` would refuse, or that nobody would notice before it is too late. */
export interface Problem {
  /** From the root of the repository, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

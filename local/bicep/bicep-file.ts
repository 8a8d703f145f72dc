import type { BicepNode } from './bicep-parser.ts';

export interface BicepParameter {
  readonly name: string;
  /** As written, without `?`: `string`, `int[]`. */
  readonly type: string;
  /** May be left out: it has a default or is nullable. */
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly secure: boolean;
  readonly allowed: readonly string[] | undefined;
  readonly line: number;
}

export interface BicepModule {
  readonly symbol: string;
  /** `modules/app.bicep` or `br/public:avm/res/web/site:0.24.0`. */
  readonly source: string;
  readonly params: BicepNode | undefined;
  readonly scope: BicepNode | undefined;
  readonly line: number;
}

export interface BicepResource {
  readonly symbol: string;
  /** `Microsoft.KeyVault/vaults@2024-11-01` */
  readonly type: string;
  /** Undefined of a resource that is there already. */
  readonly body: BicepNode | undefined;
  readonly line: number;
}

/** What a Bicep file declares, and where it refers to other files. */
export interface BicepFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly root: BicepNode;
  readonly targetScope: string;
  readonly parameters: ReadonlyMap<string, BicepParameter>;
  readonly variables: ReadonlyMap<string, BicepNode>;
  readonly modules: ReadonlyMap<string, BicepModule>;
  readonly resources: ReadonlyMap<string, BicepResource>;
  /** Their types. */
  readonly outputs: ReadonlyMap<string, string>;
}

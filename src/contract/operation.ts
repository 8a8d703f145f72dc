import type { RouteName } from '../callers/access.ts';
import type { SchemaName } from './schemas.ts';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly title: string;
  readonly description: string;
  readonly required?: boolean;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly format?: 'date-time';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean;
}

export interface Answer {
  readonly description: string;
  /** Absent for an answer without a body. */
  readonly schema?: SchemaName;
  /** Absent for JSON. */
  readonly contentType?: string;
  /** What a parameter may ask for in its place: a text. */
  readonly textType?: string;
  /** What each says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Those of them that stand there only while the deployment runs. */
  readonly whileRunning?: readonly string[];
}

/** One verb on one path, as all three documents describe it. */
export interface Operation {
  /** The registered function's name: what ties the description to what runs. */
  readonly function: RouteName;
  /** In camel case; Power Platform gets it in Pascal case. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  /** Under the route prefix, as it is registered: `deployments/{id}`. */
  readonly route: string;
  readonly summary: string;
  readonly description: string;
  readonly visibility: 'important' | 'advanced' | 'internal';
  readonly parameters?: readonly Parameter[];
  readonly request?: SchemaName;
  readonly answers: Readonly<Record<number, Answer>>;
}

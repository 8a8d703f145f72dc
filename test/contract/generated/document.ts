import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApi } from '../../../src/contract/openapi.ts';
import type { Schema } from './from-schema.ts';

interface Content {
  readonly schema?: Schema;
}

/** An operation as openapi.json describes it. */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly headers?: Readonly<Record<string, { readonly required?: boolean; readonly schema: Schema }>>;
        readonly content?: Readonly<Record<string, Content>>;
      }
    >
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const text = JSON.stringify(openApi('3.1', 'http://localhost/api'));

/** openapi.json, as the service gives it. */
export const document: Document = JSON.parse(text);

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'openapi', ...JSON.parse(text) });

/** What a `$ref` of the document names. */
export const resolve = (ref: string): Schema => {
  const found = document.components.schemas[ref.split('/').at(-1) ?? ''];
  if (!found) throw new Error(`openapi.json refers to ${ref}, which it does not have.`);
  return found;
};

const known = new Map<Schema, ValidateFunction>();

/** Why a value is not what a schema of the document describes; undefined when it is. */
export const violation = (schema: Schema, value: unknown): string | undefined => {
  const validate =
    known.get(schema) ??
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));
  known.set(schema, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
};

/** One verb on one path. */
export interface Target {
  readonly path: string;
  readonly method: string;
  readonly operation: DocumentedOperation;
}

export const targets: readonly Target[] = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

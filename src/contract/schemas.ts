import { z } from 'zod';
import { callbackViewSchema } from '../deployment/callbacks/callback-view.ts';
import { findingSchema } from '../deployment/plan/finding.ts';
import { decisionBodySchema } from '../deployment/request/decision-body.ts';
import { deploymentBodySchema } from '../deployment/request/parse-request.ts';
import { actorSchema } from '../deployment/run/actor.ts';
import { approvalSchema } from '../deployment/run/approval.ts';
import * as answers from './answers.ts';

/** Every body by the name that it has in the documents. */
export const schemas = {
  DeploymentRequest: deploymentBodySchema,
  Decision: decisionBodySchema,
  Plan: answers.planSchema,
  Decided: answers.decidedSchema,
  DriftReport: answers.driftReportDocumentSchema,
  Accepted: answers.acceptedSchema,
  Deployment: answers.deploymentDocumentSchema,
  DeploymentList: answers.deploymentListSchema,
  Result: answers.resultSchema,
  Outputs: answers.outputsSchema,
  Health: answers.healthSchema,
  Problem: answers.problemSchema,
} satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof schemas;

/** Parts that several bodies share: described once and referred to. */
const parts: Readonly<Record<string, z.ZodType>> = {
  Actor: actorSchema,
  Urls: answers.urlsSchema,
  Names: answers.namesSchema,
  Step: answers.stepSchema,
  Finding: findingSchema,
  Approval: approvalSchema,
  Callback: callbackViewSchema,
};

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface SchemaOptions {
  readonly target: 'draft-2020-12' | 'openapi-3.0';
  /** Where a schema is found by its name: `#/components/schemas/`. */
  readonly at: string;
  /** Whether objects may hold more than is described: callers have to expect that, a test of today's answers does not. */
  readonly closed?: boolean;
}

/** The bodies as JSON Schema, from the same zod schemas that parse the requests. */
export const jsonSchemas = ({ target, at, closed = false }: SchemaOptions): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...schemas, ...parts })) registry.add(schema, { id });
  const { schemas: documents } = z.toJSONSchema(registry, {
    target,
    io: closed ? 'output' : 'input',
    uri: (id) => `${at}${id}`,
    // What JSON Schema cannot say (two images of one name, say) the service checks all the same.
    unrepresentable: 'any',
  });
  return Object.fromEntries(
    Object.entries(documents).map(([id, { $id: _, $schema: __, id: ___, ...schema }]) => [id, bareReferences(schema)]),
  );
};

/** Before 3.1 a reference had no room for a description beside it, so that zod wraps it; the description stands at the part itself. */
const bareReferences = (value: JsonSchema): JsonSchema => {
  const { allOf } = value;
  if (Array.isArray(allOf) && allOf.length === 1) return allOf[0];
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isObject(member) ? bareReferences(member) : member]),
  );
};

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

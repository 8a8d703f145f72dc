import type { z } from 'zod';
import { type DeploymentOptions, deploymentOptionsShape } from './deployment-options.ts';
import { type DeploymentRequest, deploymentRequestSchema } from './deployment-request.ts';
import type { FieldError } from './field-error.ts';

export type ParsedRequest =
  | { readonly ok: true; readonly request: DeploymentRequest; readonly options: DeploymentOptions }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** The body of `POST /api/deployments` and `POST /api/plans`. */
export const deploymentBodySchema = deploymentRequestSchema
  .extend(deploymentOptionsShape)
  .superRefine((body, context) => {
    const { callbackEvents, callbackUrl, expiresAt } = body;
    const refuse = (message: string): void => context.addIssue({ code: 'custom', path: ['callbackEvents'], message });
    if (callbackEvents !== undefined && callbackUrl === undefined) refuse('needs callbackUrl beside it');
    if (callbackEvents?.includes('expiring') && expiresAt === undefined) refuse('expiring needs expiresAt beside it');
  });

/** Checks the body of a POST: every rule that it breaks, each with the field's dotted path. Values are never repeated: one may be a pasted secret. */
export const parseDeploymentRequest = (body: unknown): ParsedRequest => {
  const parsed = deploymentBodySchema.safeParse(body);
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(toFieldErrors) };
  const { planHash, skipPreflight, callbackUrl, callbackEvents, approval, expiresAt, ...request } = parsed.data;
  return { ok: true, request, options: { planHash, skipPreflight, callbackUrl, callbackEvents, approval, expiresAt } };
};

const toFieldErrors = (issue: z.core.$ZodIssue): FieldError[] => {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: unknownField(key) }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ field: path.join('.'), message: `the name ${message}` }));
  }
  const message = issue.code === 'invalid_type' ? `must be ${article(issue.expected)}` : issue.message;
  return [{ field: path.join('.'), message }];
};

const unknownField = (name: string): string => {
  const known = Object.keys(deploymentBodySchema.shape);
  const similar = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return similar ? `is not known; did you mean ${similar}?` : `is not known; known are ${known.join(', ')}`;
};

const article = (type: string): string => {
  const names: Record<string, string> = { int: 'a whole number', record: 'an object' };
  return names[type] ?? (/^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);
};

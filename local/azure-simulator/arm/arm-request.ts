import type { z } from 'zod';
import { type Cloud, normalLocation } from '../base/clouds.ts';
import { at, type Json, valueAt } from '../base/json.ts';
import type { Claims } from '../entra/tokens.ts';
import type { HttpError } from '../http/http-error.ts';
import type { FaultAction } from '../state/faults.ts';
import type { Effect, Operation, OperationError } from '../state/operation.ts';
import type { World } from '../state/world.ts';
import { invalidContent, locationNotAvailable, locationRequired } from './arm-errors.ts';
import { describeIssue } from './content-issue.ts';

export interface ArmRequestOptions<W extends World> {
  world: W;
  method: string;
  host: string;
  path: string;
  query: URLSearchParams;
  parameters: Record<string, string>;
  headers: Record<string, string>;
  body: Json | undefined;
  arrivedAt: number;
  claims: Claims;
  fault?: FaultAction | undefined;
  /** Whether the caller may also do something on a linked resource. */
  may: (action: string, scope: string) => boolean;
}

/** How a provider refuses a body: what is wrong, and what stands there; undefined when nothing does. */
export type RefuseIssue = (issue: z.core.$ZodIssue, given: Json | undefined) => HttpError | undefined;

/** What a long-running operation gets when it starts. */
export interface OperationPlan {
  resourceId: string;
  /** `create`, `update`, `delete`, `import`, … */
  operation: string;
  /** Modelled, jittered. */
  durationMs: number;
  success: Effect[];
  failure?: Effect[];
  error?: OperationError | undefined;
}

/**
 * A request that found its route, and what a provider needs to answer it.
 *
 * @typeParam W - what the provider knows of the world.
 */
export class ArmRequest<W extends World = World> {
  readonly world: W;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly parameters: Record<string, string>;
  readonly headers: Record<string, string>;
  /** As the policies left it. */
  body: Json | undefined;
  readonly arrivedAt: number;
  readonly claims: Claims;
  readonly fault: FaultAction | undefined;
  /** Whether the caller may also do something on a linked resource. */
  readonly may: (action: string, scope: string) => boolean;
  /** Set once the provider has put its own entry into the operations. */
  recorded = false;

  constructor(options: ArmRequestOptions<W>) {
    this.world = options.world;
    this.method = options.method;
    this.host = options.host;
    this.path = options.path;
    this.query = options.query;
    this.parameters = options.parameters;
    this.headers = options.headers;
    this.body = options.body;
    this.arrivedAt = options.arrivedAt;
    this.claims = options.claims;
    this.fault = options.fault;
    this.may = options.may;
  }

  get cloud(): Cloud {
    return this.world.cloud;
  }

  get now(): number {
    return this.world.now();
  }

  /** The modelled instant as ARM writes it. */
  get timestamp(): string {
    return new Date(this.now).toISOString();
  }

  get apiVersion(): string {
    return this.query.get('api-version') ?? '';
  }

  get subscriptionId(): string {
    return this.parameters.subscription ?? '';
  }

  get group(): string {
    return this.parameters.group ?? '';
  }

  /** `/subscriptions/{id}` */
  get subscriptionPath(): string {
    return `/subscriptions/${this.subscriptionId}`;
  }

  /** The id of the request's resource group, with its own capital letter. */
  get groupId(): string {
    return `${this.subscriptionPath}/resourceGroups/${this.group}`;
  }

  parameter(name: string): string {
    const value = this.parameters[name];
    if (value === undefined) throw new Error(`The route of ${this.path} has no parameter ${name}.`);
    return value;
  }

  /** The body in the shape that the provider expects; else the provider's own refusal, or ARM's 400. */
  content<T>(schema: z.ZodType<T>, refuse?: RefuseIssue): T {
    if (this.body === undefined) throw invalidContent('Request content is empty');
    const parsed = schema.safeParse(this.body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    if (!issue) throw new Error('A body that is not valid has no issue.');
    const given = valueAt(this.body, issue.path);
    if (issue.path[0] === 'location' && (at(this.body, 'location') ?? null) === null) throw locationRequired();
    throw refuse?.(issue, given) ?? invalidContent(describeIssue(issue, given));
  }

  /** A region's normalised name, or ARM's refusal. */
  location(location: string, type: string): string {
    const name = normalLocation(location);
    if (!Object.hasOwn(this.cloud.regions, name))
      throw locationNotAvailable(location, type, Object.keys(this.cloud.regions));
    return name;
  }

  /** Starts a long-running operation; it began when the request arrived. Scripted faults make it fail or never end. */
  start(plan: OperationPlan): Operation {
    const { world, fault } = this;
    const hangs = fault !== undefined && 'hangOperation' in fault;
    const error = this.scriptedFailure ?? plan.error;
    const operation: Operation = {
      id: this.nextOperationId(plan.resourceId),
      resourceId: plan.resourceId,
      operation: plan.operation,
      kind: 'asynchronous',
      startedAt: this.arrivedAt,
      endsAt: hangs ? null : this.arrivedAt + plan.durationMs,
      success: plan.success,
      failure: plan.failure ?? [],
      settled: false,
    };
    if (error) operation.error = error;
    world.operations.add(operation);
    this.recorded = true;
    return operation;
  }

  /** The id that the next operation on a resource will have. */
  nextOperationId(resourceId: string): string {
    return this.world.seeded.guid(resourceId, `operation ${this.world.operations.numberOf(resourceId)}`);
  }

  /** Why a scripted fault will make the operation of this request fail, if it will. */
  get scriptedFailure(): OperationError | undefined {
    return this.fault !== undefined && 'failOperation' in this.fault ? this.fault.failOperation : undefined;
  }

  /** An absolute URL on the request's host, signed as ARM signs its own; opaque to clients. */
  operationUrl(path: string, query: Record<string, string> = {}): string {
    const { seeded } = this.world;
    const parameters = new URLSearchParams({
      ...query,
      'api-version': this.apiVersion,
      t: String(this.arrivedAt),
      c: seeded.base64(path, 'certificate', 24),
      s: seeded.base64(path, 'signature', 96),
      h: seeded.base64(path, 'hash', 24),
    });
    return `https://${this.host}${path}?${parameters}`;
  }
}

import type { Json, JsonObject } from '../base/json.ts';
import type { Resource } from '../state/resource.ts';

/** What the simulator answers to a request. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON; absent for an empty body. */
  body?: Json;
  /** Text instead of JSON. */
  text?: string;
}

export const json = (status: number, body: Json | Resource, headers: Record<string, string> = {}): Answer => ({
  status,
  body,
  headers,
});

export const empty = (status: number, headers: Record<string, string> = {}): Answer => ({ status, headers });

/** A page with everything in it. */
export const listOf = (items: readonly (JsonObject | Resource)[]): Answer => json(200, { value: [...items] });

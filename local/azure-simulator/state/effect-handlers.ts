import type { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { HandledEffect } from './operation.ts';

/** What the end of an operation does in the services above: by name, since operations outlive the process that started them. */
export class EffectHandlers {
  readonly #handlers = new Map<string, (input: JsonObject, at: number) => void>();

  /**
   * Names what a service does when an operation ends.
   *
   * @returns makes the effect that operations are started with.
   */
  define<T extends JsonObject>(
    name: string,
    schema: z.ZodType<T>,
    apply: (input: T, at: number) => void,
  ): (input: T) => HandledEffect {
    this.#handlers.set(name, (input, at) => apply(schema.parse(input), at));
    return (input) => ({ do: 'handle', name, input });
  }

  apply({ name, input }: HandledEffect, at: number): void {
    const handler = this.#handlers.get(name);
    if (!handler) throw new Error(`No service handles the effect ${name}.`);
    handler(input, at);
  }
}

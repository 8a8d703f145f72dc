import { z } from 'zod';

const answerSchema = z.strictObject({
  status: z.number().int().min(200).max(599),
  code: z.string().optional(),
  message: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** A body of its own instead of the error that code and message make; text is sent as it is. */
  body: z.json().optional(),
});

/** How far an answer comes, and what becomes of the connection then. */
const cutSchema = z.strictObject({
  at: z.enum(['before-headers', 'within-headers', 'after-headers', 'within-body', 'after-body']),
  by: z.enum(['reset', 'close', 'silence']),
  /** The body in chunks, instead of with a length. */
  chunked: z.boolean().optional(),
  /** Modelled seconds of silence. */
  seconds: z.number().positive().optional(),
});

export type Cut = z.infer<typeof cutSchema>;

/** What goes wrong: exactly one of these. */
const faultActionSchema = z.union([
  z.strictObject({ answer: answerSchema }),
  z.strictObject({ drop: z.enum(['before', 'after', 'idle']) }),
  z.strictObject({ cut: cutSchema }),
  z.strictObject({
    failOperation: z.strictObject({ code: z.string(), message: z.string(), status: z.number().int().optional() }),
  }),
  z.strictObject({ hangOperation: z.literal(true) }),
  z.strictObject({ delaySeconds: z.number().positive() }),
]);

export const faultSchema = z.strictObject({
  method: z
    .string()
    .regex(/^(GET|HEAD|PUT|PATCH|POST|DELETE)$/i, 'is not a method')
    .optional(),
  /** A regular expression, tried on path and query without regard to case; a text that is none is searched for as it stands. */
  path: z.string(),
  /** The first request that it strikes, counted among those that match, from 1. */
  nth: z.number().int().positive().default(1),
  /** How many matching requests in a row it strikes. */
  times: z.number().int().positive().default(1),
  action: faultActionSchema,
});

export type Fault = z.infer<typeof faultSchema>;
/** A fault as it is sent to the control API. */
export type FaultInput = z.input<typeof faultSchema>;
export type FaultAction = z.infer<typeof faultActionSchema>;

export interface ScriptedFault extends Fault {
  /** How many requests matched so far. */
  matched: number;
}

/** Scripted faults. Each counts its own matches; the first that strikes a request decides, the others still count it. */
export class Faults {
  #faults: ScriptedFault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault, matched: 0 });
  }

  list(): ScriptedFault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#faults = [];
  }

  /** Counts a request and says what shall happen to it. */
  strike(method: string, url: string): FaultAction | undefined {
    let action: FaultAction | undefined;
    for (const fault of this.#faults) {
      if (fault.method && fault.method.toUpperCase() !== method) continue;
      if (!matches(fault.path, url)) continue;
      fault.matched++;
      const strikes = fault.matched >= fault.nth && fault.matched < fault.nth + fault.times;
      if (strikes) action ??= fault.action;
    }
    return action;
  }
}

const matches = (pattern: string, url: string): boolean => {
  if (url.toLowerCase().includes(pattern.toLowerCase())) return true;
  try {
    return new RegExp(pattern, 'i').test(url);
  } catch {
    return false;
  }
};

import * as z from 'zod';

/** What the measured process is asked; it answers each in turn, with the schema of the same name. */
export type ChildRequest =
  /** Begin to measure. */
  | { readonly ask: 'mark' }
  /** Wait until these instances have ended; what happened since the mark. */
  | { readonly ask: 'ended'; readonly ids: readonly string[] }
  /** Replay an ended instance by the SDK alone, episode by episode; ms of CPU time. */
  | { readonly ask: 'replay'; readonly id: string }
  | { readonly ask: 'memory' }
  | { readonly ask: 'close' };

export const requestSchema: z.ZodType<ChildRequest> = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('mark') }),
  z.object({ ask: z.literal('ended'), ids: z.array(z.string()) }),
  z.object({ ask: z.literal('replay'), id: z.string() }),
  z.object({ ask: z.literal('memory') }),
  z.object({ ask: z.literal('close') }),
]);

/** The first message: the host listens. */
export const readySchema = z.object({ url: z.string() });

/** What instances took; times in ms. */
export const workSchema = z.object({
  wallMs: z.number(),
  /** Of the whole process, all threads. */
  cpuMs: z.number(),
  /** Of that, in the orchestrator functions: the SDK with the worker's conversions. */
  sdkMs: z.number(),
  episodes: z.number(),
  events: z.number(),
});
/** @see workSchema */
export type Work = z.infer<typeof workSchema>;

export const replaySchema = z.object({ cpuMs: z.number() });

/** MiB. */
export const memorySchema = z.object({ rss: z.number(), peakRss: z.number(), heapUsed: z.number() });
/** @see memorySchema */
export type Memory = z.infer<typeof memorySchema>;

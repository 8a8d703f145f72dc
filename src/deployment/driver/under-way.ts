import { z } from 'zod';

/** What Azure was at work on when a step was asked to stop: Azure goes on with it. */
export interface UnderWay {
  /** Where Azure shows the progress; absent when another request than this run's began it. */
  readonly operation?: { readonly url: string; readonly kind: string } | undefined;
}

const operationSchema = z.looseObject({ url: z.string(), kind: z.string() });

/** The same as any release stored it. */
export const storedUnderWaySchema: z.ZodType<UnderWay> = z.looseObject({
  operation: operationSchema.optional().catch(undefined),
});

/** What a step's checkpoint says of the operation that it follows. */
export const underWayOf = (checkpoint: string | undefined): UnderWay => {
  try {
    const { operation } = storedUnderWaySchema.parse(JSON.parse(checkpoint ?? 'null') ?? {});
    return operation ? { operation: { url: operation.url, kind: operation.kind } } : {};
  } catch {
    return {};
  }
};

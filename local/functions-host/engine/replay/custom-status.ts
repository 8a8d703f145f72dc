import { toJsonText } from '../json.ts';

const LIMIT_KB = 16;

/**
 * The custom status as stored, or the extension's complaint when its UTF-16 bytes, in whole KB, exceed 16
 * (DurableOrchestrationContext.SetCustomStatus).
 */
export const customStatusOf = (value: unknown): { text: string | null } | { error: string } => {
  const text = toJsonText(value);
  const kilobytes = text === null ? 0 : Math.trunc((text.length * 2) / 1024);
  if (kilobytes <= LIMIT_KB) return { text };
  return {
    error: `The UTF-16 size of the JSON-serialized payload must not exceed ${LIMIT_KB} KB. The current payload size is ${kilobytes} KB.`,
  };
};

import type { InstanceState } from '../../engine/task-hub.ts';

/** A status as the management API answers it (EXT `StatusResponsePayload.cs`). */
export const statusPayload = (
  state: InstanceState,
  showInput: boolean,
  historyEvents?: readonly object[],
): Readonly<Record<string, unknown>> => ({
  name: state.name,
  instanceId: state.instanceId,
  runtimeStatus: state.runtimeStatus,
  input: showInput ? parseStoredText(state.input) : null,
  customStatus: parseStoredText(state.customStatus),
  output: parseStoredText(state.output),
  createdTime: toSeconds(state.createdTime),
  lastUpdatedTime: toSeconds(state.lastUpdatedTime),
  ...(historyEvents && { historyEvents }),
});

/** JSON text parsed, other text as it is, so that a reason of `123` becomes a number (EXT `DurableClient.ParseToJToken`). */
export const parseStoredText = (text: string | null): unknown => {
  if (text === null) return null;
  const trimmed = text.trim();
  if (trimmed === '') return '';
  try {
    return JSON.parse(trimmed);
  } catch {
    return trimmed;
  }
};

const toSeconds = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

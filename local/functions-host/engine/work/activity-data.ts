import type { RpcTypedData } from '../../worker/function-worker.ts';
import { isObject, parseJson } from '../json.ts';

/**
 * The trigger data of an activity: the first element of the input array as text (durable extension DurableActivityContext.GetInput).
 * Primitives go through .NET's Convert.ToString, so booleans arrive as 'True' and 'False'; null arrives as nothing.
 *
 * @param input - JSON text of the array that the orchestrator scheduled.
 */
export const activityInput = (input: string | null): RpcTypedData => {
  const value = inputValue(input);
  if (value === null || value === undefined) return {};
  if (typeof value === 'string') return { string: value };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  if (typeof value === 'number') return { string: String(value) };
  return { string: JSON.stringify(value) };
};

/** Binding data beside the input: the orchestration's id and every property of an object that is no array (host Utility.ApplyBindingData). */
export const activityMetadata = (instanceId: string, input: string | null): Record<string, RpcTypedData> => {
  const { string: data } = activityInput(input);
  const metadata: Record<string, RpcTypedData> = { instanceId: { string: instanceId } };
  if (data !== undefined) metadata.data = { string: data };
  const value = inputValue(input);
  if (!isObject(value)) return metadata;
  for (const [key, each] of Object.entries(value)) {
    if (Array.isArray(each)) continue;
    metadata[key] = typeof each === 'string' ? { string: each } : { json: JSON.stringify(each) };
  }
  return metadata;
};

const inputValue = (input: string | null): unknown => {
  const array = input === null ? undefined : parseJson(input);
  return Array.isArray(array) ? array[0] : undefined;
};

/** The JSON text that history keeps of an activity's result; null for none. */
export const activityResult = (data: RpcTypedData | null | undefined): string | null => {
  if (!data) return null;
  if (data.string !== undefined) return JSON.stringify(data.string);
  if (data.json !== undefined) return data.json;
  if (data.bytes !== undefined) return JSON.stringify(Buffer.from(data.bytes).toString('base64'));
  const number = data.int ?? data.double;
  if (number === undefined) return null;
  // Newtonsoft writes what JSON has no number for as a text.
  return Number.isFinite(number) ? String(number) : JSON.stringify(String(number));
};

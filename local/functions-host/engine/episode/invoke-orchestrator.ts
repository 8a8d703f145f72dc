import type { FunctionWorker } from '../../worker/function-worker.ts';
import { parseOrchestratorState } from '../replay/orchestrator-state.ts';
import type { Invocation } from '../replay/replay.ts';

const STATE_MARKER = '\n\n$OutOfProcData$:';

/** Runs the orchestrator's code once; a failure of the code carries its state behind a marker (OutOfProcExceptionHelpers.cs). */
export const invokeOrchestrator = async (
  worker: FunctionWorker,
  name: string,
  payload: string,
): Promise<Invocation> => {
  let text: string | undefined;
  try {
    const result = await worker.invoke('orchestrationTrigger', name, { string: payload });
    text = result?.json ?? result?.string;
  } catch (error) {
    const message = messageOf(error);
    const marker = message.indexOf(STATE_MARKER);
    if (marker < 0) {
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      return {
        kind: 'error',
        message: `One or more errors occurred. (Result: Failure\nException: ${message}\nStack: ${stack})`,
      };
    }
    text = message.slice(marker + STATE_MARKER.length);
  }
  if (text === undefined) {
    return { kind: 'error', message: 'The data returned by the out-of-process function execution was not valid json.' };
  }
  try {
    return { kind: 'state', state: parseOrchestratorState(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'error', message: `Out of proc orchestrators must return a valid JSON schema (${reason})` };
  }
};

/** What a language worker reports as the exception's message. */
export const messageOf = (error: unknown): string => {
  if (error instanceof Error) return error.message;
  if (typeof error === 'string') return error;
  if (error === null || error === undefined) return 'Unknown error';
  return JSON.stringify(error) ?? String(error);
};

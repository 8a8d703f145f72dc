import { isObject, type JsonObject, parseJson } from '../json.ts';

/** The fields of a TaskFailed event. */
export interface TaskFailure extends JsonObject {
  readonly Reason: string;
  readonly Details: string;
  readonly FailureDetails: JsonObject | null;
}

/**
 * What history keeps of an activity's exception (durable extension TaskActivityShim.cs). The two blanks are real: the second is what
 * is left of "Exception: " in the worker's error text. A message made by the SDK's exception properties provider becomes FailureDetails.
 */
export const activityFailure = (name: string, message: string): TaskFailure => ({
  Reason: `Activity function '${name}' failed:  ${message}`,
  Details: serializedException('System.Exception', ` ${message}`),
  FailureDetails: failureDetailsOf(message),
});

/** A .NET exception as Newtonsoft.Json writes it, as far as anybody reads it. */
export const serializedException = (type: string, message: string): string =>
  JSON.stringify({
    $type: `${type}, System.Private.CoreLib`,
    ClassName: type,
    Message: message,
    Data: null,
    InnerException: null,
    HelpURL: null,
    StackTraceString: null,
    RemoteStackTraceString: null,
    RemoteStackIndex: 0,
    ExceptionMethod: null,
    HResult: -2146233088,
    Source: null,
    WatsonBuckets: null,
  });

const failureDetailsOf = (message: string): JsonObject | null => {
  if (!message.startsWith('{')) return null;
  const value = parseJson(message);
  if (!isObject(value) || typeof value.errorType !== 'string' || typeof value.errorMessage !== 'string') return null;
  return {
    ErrorType: value.errorType,
    ErrorMessage: value.errorMessage,
    StackTrace: typeof value.stackTrace === 'string' ? value.stackTrace : null,
    InnerFailure: null,
    IsNonRetriable: value.isNonRetriable === true,
    Properties: isObject(value.properties) ? value.properties : null,
  };
};

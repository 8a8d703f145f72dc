import { serializedException, type TaskFailure } from './activity-failure.ts';

/** A .NET exception behind `callHttp`. */
export class HttpActivityError extends Error {
  override readonly name = 'HttpActivityError';
  /** Of .NET. */
  readonly type: string;

  constructor(type: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
  }

  /**
   * What history keeps. The extension catches an HttpRequestException itself; any other goes through DTFx TaskActivityDispatcher.cs, which
   * adds FailureDetails, so that the JS SDK makes a TaskFailedError of it.
   */
  get failure(): TaskFailure {
    const { type, message } = this;
    if (type === HTTP_REQUEST_EXCEPTION) {
      return { Reason: message, Details: serializedException(type, message), FailureDetails: null };
    }
    return {
      Reason: message,
      Details: `Unhandled exception while executing task: ${type}: ${message}`,
      FailureDetails: {
        ErrorType: type,
        ErrorMessage: message,
        StackTrace: null,
        InnerFailure: null,
        IsNonRetriable: false,
        Properties: null,
      },
    };
  }
}

/** What .NET's HttpClient throws when there is no answer. */
export const HTTP_REQUEST_EXCEPTION = 'System.Net.Http.HttpRequestException';

import { type HostResponse, jsonResponse } from '../host-message.ts';
import { NOT_STORED, RETRY_AFTER } from '../not-stored.ts';

/** For an unknown instance, path or verb. */
export const NOT_FOUND: HostResponse = { status: 404 };
/** For a command that was queued. */
export const ACCEPTED: HostResponse = { status: 202 };
/** For a command to an instance that has ended. */
export const GONE: HostResponse = { status: 410 };

/** ASP.NET's `HttpError`, with the exception's part when there is one. */
export const errorResponse = (
  status: number,
  message: string,
  cause?: { message: string; type: string },
): HostResponse =>
  jsonResponse(status, {
    Message: message,
    ...(cause && { ExceptionMessage: cause.message, ExceptionType: cause.type, StackTrace: null }),
  });

/** The extension's answer to an ArgumentException. */
export const badArgument = (message: string): HostResponse =>
  errorResponse(400, 'One or more of the arguments submitted is incorrect', {
    message,
    type: 'System.ArgumentException',
  });

/** The extension's answer to a body that is no JSON. */
export const invalidJson = (message: string): HostResponse =>
  errorResponse(400, 'Invalid JSON content', { message, type: 'Newtonsoft.Json.JsonReaderException' });

/** The extension's answer to every other exception. */
export const unexpected = (message: string, type = 'System.InvalidOperationException'): HostResponse =>
  errorResponse(500, 'Something went wrong while processing your request', { message, type });

/** For a command that was not stored, since the disk takes nothing now. The extension on Azure Storage has no such answer: its storage is never full. */
export const notStored = (message: string): HostResponse => {
  const answer = errorResponse(503, NOT_STORED, { message, type: 'System.IO.IOException' });
  return { ...answer, headers: [...(answer.headers ?? []), RETRY_AFTER] };
};

/** Text that may be JSON: the text as it came when it is, the reason when it is not. */
export const checkJson = (text: string): { readonly ok: true } | { readonly ok: false; readonly reason: string } => {
  try {
    JSON.parse(text);
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
};

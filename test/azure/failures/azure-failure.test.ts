import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AzureOperationError, parseErrorBody, toAzureFailure } from '../../../src/azure/failures/azure-failure.ts';
import { toStepError } from '../../../src/azure/failures/to-step-error.ts';

const bodyOf = (error: object): string => JSON.stringify({ error });

describe('the error in an answer', () => {
  it.each([
    ['nested', { error: { code: 'C', message: 'm', target: 't' } }],
    ['flat', { code: 'C', message: 'm', target: 't' }],
  ])('is read when it is %s', (_, body) => {
    expect(parseErrorBody(JSON.stringify(body))).toEqual({ code: 'C', message: 'm', target: 't' });
  });

  it.each([{ code: 'C' }, { message: 'm' }])('may be %o alone', (error) => {
    expect(parseErrorBody(bodyOf(error))).toEqual(error);
  });

  it.each([undefined, '', 'no JSON', '[]', '{}', '{"error":{}}', '{"error":{"code":"","message":""}}', '{"code":1}'])(
    'is not in %s',
    (text) => {
      expect(parseErrorBody(text)).toBeUndefined();
    },
  );
});

describe('an error of an operation', () => {
  const failure = { code: 'Conflict', message: 'Busy.', status: 409 };

  it('says code and message, and keeps what the next attempt needs', () => {
    const error = new AzureOperationError(failure, 'checkpoint');
    expect(error.message).toBe('Conflict: Busy.');
    expect(error.name).toBe('AzureOperationError');
    expect(error.checkpoint).toBe('checkpoint');
  });

  it('is the failure that it holds', () => {
    expect(toAzureFailure(new AzureOperationError(failure), { correlationId: 'of another' })).toBe(failure);
  });
});

describe('what an SDK threw', () => {
  const answered = (error: object, exchange = {}) =>
    toAzureFailure(new RestError('sdk text', { statusCode: 409, code: 'SdkCode' }), {
      errorBody: bodyOf(error),
      ...exchange,
    });

  it('is described by the body of the answer', () => {
    const details = [
      { message: 'm' },
      { message: 'inner', target: 'Microsoft.Storage' },
      { code: 'no message' },
      { target: 'Microsoft.Other' },
    ];
    expect(
      answered({ code: 'C', message: 'm', target: 'outer', details }, { retryAfterSeconds: 7, correlationId: 'id' }),
    ).toEqual({
      code: 'C',
      message: 'm inner',
      status: 409,
      retryAfterSeconds: 7,
      correlationId: 'id',
      target: 'Microsoft.Storage',
    });
  });

  it('has the target of the error itself when no detail has one', () => {
    expect(answered({ code: 'C', message: 'm', target: 'outer', details: [{ code: 'D' }] }).target).toBe('outer');
    expect(answered({ code: 'C', message: 'm' }).target).toBeUndefined();
  });

  it('has the text of the SDK when the body has none', () => {
    expect(answered({ code: 'C', details: [{ message: 'inner' }] })).toMatchObject({ code: 'C', message: 'sdk text' });
    expect(answered({ message: 'm' })).toMatchObject({ code: 'SdkCode', message: 'm' });
  });

  it('has a code made of the status when there is no other', () => {
    expect(toAzureFailure(new RestError('x', { statusCode: 418 }), {})).toMatchObject({ code: 'HttpStatus418' });
  });

  it('knows nothing of the answer when none came', () => {
    const exchange = { errorBody: bodyOf({ code: 'C', message: 'm' }), retryAfterSeconds: 7, correlationId: 'id' };
    expect(toAzureFailure(new RestError('x', { code: 'REQUEST_SEND_ERROR' }), exchange)).toEqual({
      code: 'REQUEST_SEND_ERROR',
      message: 'x',
      unanswered: true,
    });
    expect(toAzureFailure(new RestError('x', { statusCode: 500 }), exchange)).toMatchObject({ retryAfterSeconds: 7 });
  });

  const notParsed = (): Error => {
    try {
      throw z.string().parse(1);
    } catch (error) {
      if (error instanceof Error) return error;
      throw error;
    }
  };

  const named = (name: string, cause?: unknown) => Object.assign(new Error('text', { cause }), { name });

  it.each([
    ['CredentialUnavailableError', 'CredentialUnavailable'],
    ['AuthenticationError', 'CredentialUnavailable'],
    ['AuthenticationRequiredError', 'CredentialUnavailable'],
    ['AggregateAuthenticationError', 'CredentialUnavailable'],
    ['ClientAuthError', 'CredentialUnavailable'],
    ['NetworkError', 'CredentialUnavailable'],
    ['ServerError', 'CredentialUnavailable'],
    ['AbortError', 'RequestTimeout'],
    ['TimeoutError', 'RequestTimeout'],
    ['OtherError', 'Unknown'],
  ])('an error named %s has the code %s', (name, code) => {
    expect(toAzureFailure(named(name), {})).toMatchObject({ code, message: 'text' });
    expect(toAzureFailure(new Error('outer', { cause: named(name) }), {}).code).toBe(code);
  });

  it('takes the code of an error before its name, and only if it is a text', () => {
    expect(toAzureFailure(Object.assign(named('AbortError'), { code: 'ECONNRESET' }), {}).code).toBe('ECONNRESET');
    expect(toAzureFailure(Object.assign(named('AbortError'), { code: 20 }), {}).code).toBe('RequestTimeout');
  });

  it('is a broken connection when it has any code but no answer', () => {
    for (const code of ['ECONNRESET', 'PARSE_ERROR', 'NOBODY_KNOWS_IT']) {
      expect(toAzureFailure(new RestError('x', { code }), {})).toMatchObject({ code, unanswered: true });
      expect(toAzureFailure(new Error('x', { cause: Object.assign(new Error(), { code }) }), {})).toMatchObject({
        code,
      });
    }
    expect(toAzureFailure(new RestError('x', { code: 'C', statusCode: 400 }), {}).unanswered).toBeUndefined();
    expect(toAzureFailure(new Error('Azure listed no key1.'), {}).unanswered).toBeUndefined();
  });

  it('is a fault of ours when the request could not be sent as it was', () => {
    const thrown = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_CHAR' });
    expect(toAzureFailure(thrown, {}).code).toBe('UnexpectedAnswer');
    expect(toAzureFailure(thrown, {}).unanswered).toBeUndefined();
  });

  it('never quotes a body that could not be parsed: it may hold a secret', () => {
    const thrown = new RestError('Error "x" occurred while parsing the response body - {"key":"hunter2', {
      code: 'PARSE_ERROR',
      statusCode: 200,
    });
    expect(toAzureFailure(thrown, {})).toMatchObject({
      code: 'PARSE_ERROR',
      message: "Azure's answer (HTTP 200) could not be parsed.",
    });
  });

  it('may have causes that lead in a circle', () => {
    const error = new Error('x');
    error.cause = new Error('y', { cause: error });
    expect(toAzureFailure(error, {}).code).toBe('Unknown');
  });

  it('is an answer that was cut off when it is no JSON', () => {
    const error = new SyntaxError('x');
    expect(toAzureFailure(error, {})).toMatchObject({ code: 'PARSE_ERROR', unanswered: true });
    error.cause = Object.assign(new Error(), { code: 'UND_ERR_SOCKET' });
    expect(toAzureFailure(error, {}).code).toBe('UND_ERR_SOCKET');
  });

  it.each([new TypeError('x'), notParsed()])(
    'a %o is an answer that was not understood, unless its cause says more',
    (error) => {
      expect(toAzureFailure(error, {}).code).toBe('UnexpectedAnswer');
      error.cause = Object.assign(new Error(), { code: 'UND_ERR_SOCKET' });
      expect(toAzureFailure(error, {}).code).toBe('UND_ERR_SOCKET');
    },
  );

  it.each(['a text', 7, undefined, { message: 'm' }])('%o, which is no error, is unknown', (thrown) => {
    expect(toAzureFailure(thrown, {})).toMatchObject({ code: 'Unknown', message: String(thrown) });
  });
});

describe('an error as the status shows it', () => {
  it('is classified, scrubbed and of bounded length', () => {
    const message = `password=hunter2hunter2 ${'x'.repeat(2000)}`;
    const error = toStepError({ code: 'ECONNRESET', message, status: 409, correlationId: 'id' });
    expect(error).toMatchObject({ code: 'ECONNRESET', class: 'transient', status: 409, correlationId: 'id' });
    expect(error.remedy).toContain('network');
    expect(error.message).not.toContain('hunter2');
    expect(error.message).toHaveLength(1024);
  });

  it('has a code and an id that are no longer than codes and ids are', () => {
    const error = toStepError({ code: 'C'.repeat(9999), message: 'm', correlationId: 'i'.repeat(9999) });
    expect([error.code.length, error.correlationId?.length]).toEqual([128, 128]);
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(toStepError({ code: 'C', message: 'm' }))).toEqual(['code', 'message', 'class', 'remedy']);
  });
});

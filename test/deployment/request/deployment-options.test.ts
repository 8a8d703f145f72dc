import { describe, expect, it } from 'vitest';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';

const HASH = '0123456789abcdef'.repeat(4);
const URL_LENGTH = 2048;
const urlOf = (length: number): string => 'https://example.com/'.padEnd(length, 'x');

describe('what a POST asks for beside the deployment', () => {
  it.each([
    { planHash: HASH },
    { skipPreflight: true },
    { callbackUrl: urlOf(URL_LENGTH) },
    { approval: { required: false, timeoutHours: 1 } },
    { approval: { required: true, timeoutHours: 720 } },
  ])('may be %j', (body) => {
    expect(parseDeploymentRequest(body)).toMatchObject({ ok: true, options: body });
  });

  it.each([
    ...[HASH.slice(1), `${HASH}0`, HASH.toUpperCase(), `g${HASH.slice(1)}`].map(
      (planHash): [object, string, string] => [{ planHash }, 'planHash', 'must be the hash of a plan: 64 hex digits'],
    ),
    [{ callbackUrl: '/here' }, 'callbackUrl', 'must be an absolute URL'],
    [{ callbackUrl: urlOf(URL_LENGTH + 1) }, 'callbackUrl', 'must have at most 2048 characters'],
    [{ callbackUrl: urlOf(30), callbackEvents: [] }, 'callbackEvents', 'must name at least one event'],
    [
      { callbackUrl: urlOf(30), callbackEvents: ['begun'] },
      'callbackEvents.0',
      'must be ended, step, awaitingApproval, expiring, drift',
    ],
    [{ callbackEvents: ['ended'] }, 'callbackEvents', 'needs callbackUrl beside it'],
    [{ callbackUrl: urlOf(30), callbackEvents: ['expiring'] }, 'callbackEvents', 'expiring needs expiresAt beside it'],
    [{ approval: {} }, 'approval.required', 'must be a boolean'],
    [{ approval: { required: true, timeoutHours: 0 } }, 'approval.timeoutHours', 'must be at least 1'],
    [{ approval: { required: true, timeoutHours: 721 } }, 'approval.timeoutHours', 'must be at most 720'],
    [{ approval: { required: true, timeoutHours: 1.5 } }, 'approval.timeoutHours', 'must be a whole number'],
  ] as const)('is refused if it is %j: %s %s', (body, field, message) => {
    expect(parseDeploymentRequest(body)).toEqual({ ok: false, errors: [{ field, message }] });
  });

  it('a decision is waited for a day unless the request says otherwise', () => {
    expect(parseDeploymentRequest({ approval: { required: true } })).toMatchObject({
      options: { approval: { required: true, timeoutHours: 24 } },
    });
  });

  it.each([
    [['step'], ['ended', 'step']],
    [
      ['drift', 'ended', 'awaitingApproval'],
      ['ended', 'awaitingApproval', 'drift'],
    ],
    [['expiring'], ['ended', 'expiring']],
    [['ended'], ['ended']],
  ])('whoever asks for the events %j gets %j: the end always', (callbackEvents, events) => {
    const body = { callbackUrl: urlOf(30), callbackEvents, expiresAt: 'P7D' };
    expect(parseDeploymentRequest(body)).toMatchObject({ options: { callbackEvents: events } });
  });
});

import dns from 'node:dns';
import { getSystemErrorMap } from 'node:util';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../src/azure/failures/classify-failure.ts';
import { connectionErrorOf, connectionErrors } from '../../../src/azure/failures/connection-errors.ts';
import { retryDelaySeconds } from '../../../src/deployment/driver/retry-policy.ts';

const codes = connectionErrors.flatMap((row) => row.codes);

describe('the table of connection errors', () => {
  it('has each code once', () => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(codes)('%s is transient, alone, with any status, and in any message', (code) => {
    for (const message of ['', 'connection reset', 'toomanyrequests']) {
      expect(classifyFailure({ code, message }).class).toBe('transient');
      expect(classifyFailure({ code, message, status: 200 }).class).toBe('transient');
    }
    expect(classifyFailure({ code, message: '' }).remedy).toMatch(/./);
  });

  it('has every error of name resolution that Node knows', () => {
    const known = Object.values(dns)
      .map(String)
      .filter((value) => /^E[A-Z]+$/.test(value));
    const local = ['EOF', 'EFILE', 'ENOMEM', 'EBADSTR', 'EBADFLAGS', 'ENONAME', 'EBADHINTS', 'ENOTINITIALIZED'];
    const missing = [...new Set(known)].filter((code) => !local.includes(code) && !codes.includes(code));
    // What is left is of the resolver's own set-up, which the service does not make: it is unknown, and so transient.
    expect(missing).toEqual(['EDESTRUCTION', 'ELOADIPHLPAPI', 'EADDRGETNETWORKPARAMS']);
    for (const [name] of getSystemErrorMap().values()) {
      if (name.startsWith('EAI_')) expect(connectionErrorOf(name).words).toBe('the host was not found');
    }
  });

  it('has every error of a compressed body', () => {
    const known = Object.entries(zlib.constants).filter(
      ([name, code]) => /^Z_(\w+_ERROR|ERRNO)$/.test(name) && Number(code) < 0,
    );
    const missing = known.map(([name]) => name).filter((name) => !codes.includes(name));
    expect(missing.filter((name) => name !== 'Z_VERSION_ERROR')).toEqual([]);
  });

  it('every error of a system call is transient, whatever the system calls it', () => {
    for (const [code] of getSystemErrorMap().values()) {
      expect(classifyFailure({ code, message: '', unanswered: true }).class).toBe('transient');
    }
  });

  it('an error that nobody knows is transient too, and its tries end', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (code, message) => {
        expect(classifyFailure({ code, message, unanswered: true }).class).toBe('transient');
      }),
    );
    expect(retryDelaySeconds('transient', 8, undefined)).toBeUndefined();
  });
});

describe('whether a request may have taken effect', () => {
  it.each([
    ['ENOTFOUND', false],
    ['ECONNREFUSED', false],
    ['EMFILE', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['CredentialUnavailable', false],
    ['ECONNRESET', true],
    ['ETIMEDOUT', true],
    ['RequestTimeout', true],
    ['PARSE_ERROR', true],
    ['ERR_SSL_WRONG_VERSION_NUMBER', true],
    ['NOBODY_KNOWS_IT', true],
  ])('%s: %s', (code, expected) => {
    expect(connectionErrorOf(code).mayHaveTakenEffect).toBe(expected);
  });

  it.each([
    ['CERT_SOMETHING_NEW', "the host's certificate was not accepted"],
    ['ERR_SSL_SOMETHING_NEW', 'no TLS connection could be made'],
    ['UND_ERR_SOMETHING_NEW', 'the connection was closed'],
    ['HPE_SOMETHING_NEW', 'the answer is not HTTP'],
  ])('%s is taken for one of its family', (code, words) => {
    expect(connectionErrorOf(code).words).toBe(words);
  });
});

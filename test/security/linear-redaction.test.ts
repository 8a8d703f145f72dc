import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, PLAIN_TEXT, TEXT_LENGTH } from '../../bench/hostile-texts.ts';
import { measureScanning } from '../../bench/measure-scanning.ts';
import { redactText } from '../../cli/support/redact.ts';
import { MAX_SCANNED, redactSecrets } from '../../src/deployment/names/text/redact-secrets.ts';
import { commandLineAsPatterns, serviceAsPatterns } from './redaction-as-patterns.ts';

/** What secrets are made of, and what stands around them; whole secrets and parts of them. */
const PARTS = [
  ...['-----BEGIN ', '-----END ', 'RSA ', 'PRIVATE KEY', '-----', 'eyJ', '.', '-', 'bearer', 'Basic ', 'Bearer '],
  ...[' ', 'a', 'A'.repeat(16), 'b'.repeat(39), 'c'.repeat(63), '/'.repeat(5), 'Z9'.repeat(32), '=', '==', '_', '+'],
  ...['/', 'password', 'AccountKey', '"', "'", ':', ';', '&', '?', 'sig=', '?code=', 'h=', 'http://', 'https://', '@'],
  ...['\\', 'whsec_', 'pwd', 'api_key', 'secret', '\n', '\t', 'client_secret', 'access_token', 'é', ','],
];
const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 30 }).map((parts) => parts.join(''));

/** What took 600 ms and more for the worst text when the patterns stood alone. Far above what a busy machine needs now. */
const MOST_MS = 250;

describe.each([
  ['the service', redactSecrets, serviceAsPatterns],
  ['the command line', redactText, commandLineAsPatterns],
])('what %s hides', (_, redact, asPatterns) => {
  it('is what the patterns found', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(redact(each)).toBe(asPatterns(each));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(Object.entries(HOSTILE_TEXTS))('takes no time to speak of in %s', (_name, hostile) => {
    const start = performance.now();
    redact(hostile);
    expect(performance.now() - start).toBeLessThan(MOST_MS);
  });
});

it('a text past the limit is cut in front of a word, so that no half secret is left', () => {
  const long = `${'word '.repeat((MAX_SCANNED - 40) / 5)}${'k'.repeat(100)}== and more`;
  expect(long.length).toBeGreaterThan(MAX_SCANNED);
  expect(redactSecrets(long)).not.toContain('kkk');
  expect(redactSecrets(long)).toMatch(/word \[\d+ more characters\]$/);
  expect(redactSecrets('A'.repeat(MAX_SCANNED + 1))).toBe(`[${MAX_SCANNED + 1} more characters]`);
});

it('the bench reads every hostile text with every reader', () => {
  expect([PLAIN_TEXT, ...Object.values(HOSTILE_TEXTS)].every(({ length }) => length === TEXT_LENGTH)).toBe(true);
  for (const { hostileMs, plainMs } of measureScanning()) expect(hostileMs).toBeLessThan(MOST_MS * plainMs);
});

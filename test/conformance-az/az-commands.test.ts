import { describe, expect, it } from 'vitest';
import { type AzCommand, labelOf } from '../../bench/conformance-az/az-command.ts';
import { countByVerb, countRequests } from '../../bench/conformance-az/count-requests.ts';
import { EXPECTED_FAILURE, judgeExitCodes } from '../../bench/conformance-az/judge-exit-codes.ts';
import { timeOfCommand } from '../../bench/conformance-az/time-of-command.ts';

const command = (label: string, code: number, errors = ''): AzCommand => ({
  label,
  code,
  errors,
  startedAt: 0,
  endedAt: 1,
});

const gone = command(
  EXPECTED_FAILURE,
  1,
  'ERROR: (InvalidParameters) Operation registries-1 failed. Error copying blobs. Error: docker.io/bitnami/postgresql:16.1.0-debian-11-r15: denied: no',
);

describe('a command is called by', () => {
  it('its words and what distinguishes it from its like, never by a secret', () => {
    expect(labelOf(['acr', 'import', '--name', 'r', '--source', 'docker.io/a/b:1', '--image', 'b:1'])).toBe(
      'acr import docker.io/a/b:1',
    );
    expect(labelOf(['keyvault', 'secret', 'set', '--vault-name', 'v', '--name', 'KEY', '--value', 's3cret'])).toBe(
      'keyvault secret set KEY',
    );
    expect(labelOf(['login'])).toBe('login');
  });
});

describe('the exit codes are right when', () => {
  it('the import from docker.io/bitnami failed since the image is gone, and nothing else', () => {
    expect(judgeExitCodes([command('group create x', 0), gone])).toEqual([]);
  });

  it('and wrong when another command failed: with its own words', () => {
    expect(judgeExitCodes([command('aks create c', 1, 'ERROR: no'), gone])).toEqual([
      'az aks create c ended with 1:\nERROR: no',
    ]);
  });

  it('or that one succeeded, failed for another reason or was never run', () => {
    expect(judgeExitCodes([command(EXPECTED_FAILURE, 0)])).toEqual([expect.stringContaining('succeeded')]);
    expect(judgeExitCodes([{ ...gone, errors: 'ERROR: Connection refused' }])).toEqual([
      expect.stringContaining('another reason'),
    ]);
    expect(judgeExitCodes([])).toEqual([expect.stringContaining('never run')]);
  });
});

describe('the time of a command', () => {
  const at = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });

  it('is parted into Azure at work, asleep after the end, and its own', () => {
    const time = timeOfCommand(at(0, 100), { requests: [at(10, 11), at(60, 61)], operations: [at(11, 40)] }, 10);
    expect(time).toEqual({ azureSeconds: 31, lateSeconds: 2, ownSeconds: 4.9 });
  });

  it('counts what overlaps once, and nothing outside of the command', () => {
    const time = timeOfCommand(at(10, 20), { requests: [at(0, 12), at(11, 13)], operations: [at(12, 30)] }, 1);
    expect(time).toEqual({ azureSeconds: 10, lateSeconds: 0, ownSeconds: 0 });
  });

  it('takes polls during an operation for its time, and the sleep after the last of them for late', () => {
    const time = timeOfCommand(at(0, 50), { requests: [at(0, 1), at(20, 21), at(45, 46)], operations: [at(1, 35)] }, 1);
    expect(time).toEqual({ azureSeconds: 36, lateSeconds: 10, ownSeconds: 4 });
  });
});

it('requests are counted by service and verb; an unknown host under its own name', () => {
  const entry = (method: string, url: string) => ({ method, url, status: 200, at: 0, durationMs: 1 });
  const counts = countRequests([
    entry('GET', 'https://management.azure.com/subscriptions?a=b'),
    entry('GET', 'https://management.azure.com/tenants'),
    entry('PUT', 'https://v.vault.azure.net/secrets/x'),
    entry('GET', 'https://elsewhere.example/'),
  ]);
  expect(counts).toEqual({ 'Resource Manager': { GET: 2 }, vault: { PUT: 1 }, 'elsewhere.example': { GET: 1 } });
  expect(countByVerb(counts)).toEqual({ GET: 3, PUT: 1 });
});

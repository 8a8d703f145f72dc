import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { runCli } from './run-cli.ts';

const seconds = z.number().positive();

const documentSchema = z.strictObject({
  status: z.literal('Succeeded'),
  steps: z.array(z.looseObject({ name: z.string(), state: z.literal('Succeeded'), endedAt: z.iso.datetime() })),
  outputs: z.record(z.string(), z.string()),
  modelled: z.strictObject({ makespanSeconds: seconds, criticalPathSeconds: seconds, sequentialSeconds: seconds }),
  requests: z.record(z.string(), z.int().positive()),
});

it('npm run demo -- --json prints one document on stdout and the story on stderr', { timeout: 60_000 }, async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'demo-test-'));
  const { code, stdout, stderr } = await runCli(['demo', '--json', '--speed', '150'], { TMPDIR: temporary });
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
  expect(stderr).toContain('cluster: Succeeded after');
  expect(code).toBe(0);
  const { steps, outputs, modelled, requests } = documentSchema.parse(JSON.parse(stdout));
  expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['resource-group', 'cluster', 'connect']));
  expect(outputs).toMatchObject({
    MY_RESOURCE_GROUP_NAME: 'apache-airflow-rg',
    OIDC_URL: expect.stringMatching(/^https:/),
  });
  expect(Object.keys(requests)).toEqual(expect.arrayContaining(['GET', 'PUT', 'POST']));
  expect(modelled.criticalPathSeconds).toBeLessThanOrEqual(modelled.makespanSeconds);
  expect(modelled.criticalPathSeconds).toBeLessThan(modelled.sequentialSeconds);

  expect(stderr).toMatch(/^\* cluster +█+ /m);
  expect(`${stdout}${stderr}`).not.toMatch(/PRIVATE KEY|AccountKey/);
});

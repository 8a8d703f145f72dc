import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_BACKEND } from '../../local/packaging/backends.ts';
import { hostJson } from '../../local/packaging/host-json.ts';
import { inProject } from '../../local/project.ts';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

it('host.json in the repository is that of the default backend', () => {
  expect(hostJson(inProject(), DEFAULT_BACKEND)).toEqual(readJson(inProject('host.json')));
});

it('another backend replaces the hub and the storage provider, whole, and nothing else', () => {
  const { extensions, ...rest } = hostJson(inProject(), 'azure-storage');
  const other = hostJson(inProject(), 'durable-task-scheduler');
  expect(other).toEqual({
    ...rest,
    extensions: {
      ...extensions,
      durableTask: {
        ...extensions.durableTask,
        hubName: '%TASKHUB_NAME%',
        storageProvider: { type: 'azureManaged', connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING' },
      },
    },
  });
});

it("a backend's file that says anything else is refused", () => {
  const root = mkdtempSync(join(tmpdir(), 'host-json-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  cpSync(inProject('host.json'), join(root, 'host.json'));
  mkdirSync(join(root, 'infra', 'backends'), { recursive: true });
  const durableTask = { storageProvider: { type: 'azureManaged' }, hubname: 'Misspelt' };
  writeFileSync(
    join(root, 'infra/backends/durable-task-scheduler.json'),
    JSON.stringify({ extensions: { durableTask } }),
  );
  expect(() => hostJson(root, 'durable-task-scheduler')).toThrow(/hubname/);
});

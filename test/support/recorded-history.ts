import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** One instance of a deployment that ran: what it was given and every event of its history. */
export const recordedInstanceSchema = z.object({
  name: z.string(),
  instanceId: z.string(),
  executionId: z.string(),
  parentInstanceId: z.string().nullable(),
  input: z.string().nullable(),
  history: z.array(
    z.looseObject({ EventType: z.number(), EventId: z.number(), IsPlayed: z.boolean(), Timestamp: z.string() }),
  ),
});

export type RecordedInstance = z.infer<typeof recordedInstanceSchema>;

const directory = fileURLToPath(new URL('../histories/', import.meta.url));

/** The recordings, by file name. */
export const readRecordings = (): [file: string, instances: RecordedInstance[]][] =>
  readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [
      file,
      z.array(recordedInstanceSchema).parse(JSON.parse(readFileSync(`${directory}${file}`, 'utf8'))),
    ]);

/** One event a line, so that a difference can be read. */
export const writeRecording = (file: string, instances: readonly RecordedInstance[]): void => {
  const text = instances.map(({ history, ...instance }) => {
    const events = history.map((event) => JSON.stringify(event)).join(',\n');
    return `${JSON.stringify(instance).slice(0, -1)},"history":[\n${events}\n]}`;
  });
  writeFileSync(`${directory}${file}`, `[\n${text.join(',\n')}\n]\n`);
};

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatDuration } from '../../command-line/format-duration.ts';
import type { RoomScore } from './room-score.ts';
import { scoreRows } from './score-lines.ts';

const PAGE = 'docs/mutation.md';
const SCORES = /(?<=<!-- scores: npm run test:mutation -->\n).*(?=<!-- end of scores -->)/s;

/**
 * Writes the scores of all rooms into their page.
 *
 * @param milliseconds - how long all of it took; undefined when results of earlier runs were taken.
 */
export const writeScores = async (
  root: string,
  scores: readonly RoomScore[],
  milliseconds: number | undefined,
): Promise<void> => {
  const page = join(root, PAGE);
  const { stdout: commit } = await promisify(execFile)('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  const [{ model } = { model: 'unknown processor' }] = cpus();
  const about = [
    `Measured on ${new Date().toISOString().slice(0, 10)} at ${commit.trim()}`,
    milliseconds === undefined ? 'with results of earlier runs' : `in ${formatDuration(milliseconds / 1000)}`,
    `on ${cpus().length} cores (${model}), Node ${process.versions.node}.`,
  ].join(' ');
  const [headings = [], ...rows] = scoreRows(scores);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
  const text = await readFile(page, 'utf8');
  await writeFile(
    page,
    text.replace(SCORES, () => `\n${about}\n\n${table.join('\n')}\n\n`),
  );
};

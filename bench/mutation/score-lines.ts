import { percentKilled, type RoomScore, type Survivor, totalScore } from './room-score.ts';
import { reasonsFile } from './survivor-reasons.ts';

const HEADINGS = ['room', 'mutants', 'killed', 'score', 'survivors without a reason', 'do not compile'];

/** Returns the score by room as rows of text, headings first. */
export const scoreRows = (scores: readonly RoomScore[]): string[][] => {
  const unexplained = ({ survivors }: RoomScore): number => survivors.filter(({ reason }) => !reason).length;
  const row = (score: Omit<RoomScore, 'survivors' | 'outdated'>, open: number): string[] => [
    score.room,
    String(score.mutants),
    String(score.killed),
    `${percentKilled(score).toFixed(1)} %`,
    String(open),
    String(score.doNotCompile),
  ];
  const rows = scores.map((score) => row(score, unexplained(score)));
  if (scores.length > 1)
    rows.push(
      row(
        totalScore(scores),
        scores.map(unexplained).reduce((a, b) => a + b),
      ),
    );
  return [HEADINGS, ...rows];
};

/** Lists survivors as their reasons are written down, so that lines can be copied. */
export const survivorLines = ({ room, survivors, outdated }: RoomScore, all: boolean): string[] => {
  const shown = survivors.filter(({ reason }) => all || !reason);
  const lines = [...Map.groupBy(shown, ({ file }) => file)].flatMap(([file, ofFile]) => [
    `${file}:`,
    ...ofFile.map(survivorLine),
  ]);
  if (outdated.length === 0) return lines;
  return [
    ...lines,
    `No longer survivors, to be deleted from ${reasonsFile(room)}:`,
    ...outdated.map(({ file, change }) => `  ${file}  ${change}`),
  ];
};

const survivorLine = ({ line, state, change, reason }: Survivor): string =>
  `  - ${JSON.stringify(change)}  # line ${line}${state === 'not covered' ? ', not covered' : ''}${reason ? `: ${reason}` : ''}`;

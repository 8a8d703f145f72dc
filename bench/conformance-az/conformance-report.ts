import { formatDuration } from '../../command-line/format-duration.ts';
import { AZURE_CLI_VERSION } from './azure-cli-folder.ts';
import { type ConformanceResult, hasPassed, type TimedCommand, tutorialTimes } from './conformance-result.ts';
import { countByVerb } from './count-requests.ts';
import { parityRow } from './parity-table.ts';

const LABEL_WIDTH = 82;

/** One line for a command that has ended. */
export const commandLine = ({ label, code, azureSeconds, lateSeconds, ownSeconds }: TimedCommand): string => {
  const times = [azureSeconds, lateSeconds, ownSeconds].map((seconds) => formatDuration(seconds).padStart(6));
  return `  ${label.padEnd(LABEL_WIDTH)} ${String(code).padStart(4)} ${times.join(' ')}`;
};

/** The headings of {@link commandLine}. */
export const commandHeading = `  ${'az …'.padEnd(LABEL_WIDTH)} exit  Azure asleep     az`;

/** What is shown at the end; the last line is the figure. */
export const reportLines = (result: ConformanceResult): string[] => [
  '',
  ...differenceLines(result),
  '',
  ...requestLines(result),
  '',
  ...timeLines(result),
  ...problemLines(result),
  '',
  figureLine(result),
];

const differenceLines = ({ comparison: { resources, equal, differences }, unlisted, gone }: ConformanceResult) => {
  const listed = differences.length - unlisted.length;
  const heading = `Resources: ${resources} compared, ${equal} properties equal, ${differences.length} different, of which docs/parity.md lists ${listed}.`;
  return [
    heading,
    ...(unlisted.length === 0
      ? []
      : ['', 'Not listed in docs/parity.md:', ...unlisted.map((one) => parityRow(one, 'why?'))]),
    ...(gone.length === 0
      ? []
      : ['', 'Listed in docs/parity.md and no longer seen:', ...gone.map((one) => parityRow(one, one.reason))]),
  ];
};

const requestLines = ({ requests: { tutorial, post }, speed }: ConformanceResult): string[] => {
  const services = [...new Set([...Object.keys(tutorial), ...Object.keys(post)])];
  const rows = services.map((name) => [name, words(tutorial[name]), words(post[name])]);
  return [
    ...table([
      ['Requests', 'the tutorial', 'one POST'],
      ...rows,
      ['all', words(countByVerb(tutorial)), words(countByVerb(post))],
    ]),
    `az sleeps in real seconds between polls: at speed ${speed} it sends fewer GETs than in Azure.`,
  ];
};

const words = (verbs: Readonly<Record<string, number>> = {}): string =>
  Object.entries(verbs)
    .toSorted(([, a], [, b]) => b - a)
    .map(([verb, count]) => `${count} ${verb}`)
    .join(', ') || '-';

const timeLines = ({ commands, postSeconds }: ConformanceResult): string[] => {
  const { azureSeconds, lateSeconds, ownSeconds, totalSeconds } = tutorialTimes(commands);
  return table([
    ['Time', '', ''],
    ['Azure at work', formatDuration(azureSeconds), 'modelled: its answers and operations, one command after another'],
    ['az itself', formatDuration(ownSeconds), `real: ${commands.length} starts, and its own work`],
    ['The tutorial', formatDuration(totalSeconds), 'these two, nobody pausing to type'],
    [
      'az asleep',
      formatDuration(lateSeconds),
      'real, not counted: from the end of an operation to the poll that sees it',
    ],
    ['One POST', formatDuration(postSeconds), 'modelled: from the request to the end of the last step'],
  ]);
};

const problemLines = ({ failures }: ConformanceResult): string[] => failures.flatMap((failure) => ['', failure]);

/** The figure. */
export const figureLine = (result: ConformanceResult): string => {
  const { commands, comparison, postSeconds } = result;
  const { totalSeconds } = tutorialTimes(commands);
  const times = `the tutorial ${formatDuration(totalSeconds)}, one POST ${formatDuration(postSeconds)}`;
  const properties = `${comparison.equal} properties equal, ${comparison.differences.length} different`;
  const verdict = hasPassed(result) ? 'ok, each as listed' : 'FAILED, see above';
  return `azure-cli ${AZURE_CLI_VERSION}: ${times}: ${(totalSeconds / postSeconds).toFixed(1)} times as fast; ${properties}: ${verdict}`;
};

const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

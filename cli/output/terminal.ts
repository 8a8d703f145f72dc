import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { displayed } from '../../command-line/displayed.ts';

const ESCAPE = '\u001b';

export type Style = 'green' | 'yellow' | 'red' | 'bold' | 'dim';

/** The person, or the script, in front of a command. */
export interface Terminal {
  /** Writes a line of the answer. */
  out(line: string): void;
  /** Writes a line about the answer. */
  err(line: string): void;
  /** Colours a text for `out`, unless nobody would see it. */
  paint(style: Style, text: string): string;
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean;
  /** @returns undefined when the input has ended. */
  ask(question: string): Promise<string | undefined>;
}

/** The colours that {@link Terminal.paint} sets, and their ends. No others pass: some hide what follows. */
const COLOUR = new RegExp(`${ESCAPE}\\[(?:1|2|22|3[1239])m`, 'y');

/** What others wrote (a reason, Azure's message) may not move the cursor, rename the window or turn the text around. */
export const visible = (line: string): string => displayed(line, COLOUR);

// Whoever read the output may be gone (`| head`): that is no error of this command.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** This process's own. `styleText` reads the stream, NO_COLOR and FORCE_COLOR itself. */
export const processTerminal: Terminal = {
  out: (line) => void process.stdout.write(`${visible(line)}\n`),
  err: (line) => void process.stderr.write(`${visible(line)}\n`),
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  isInteractive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  ask: async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const ended = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
    try {
      return await Promise.race([lines.question(question), ended]);
    } finally {
      lines.close();
    }
  },
};

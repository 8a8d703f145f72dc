import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

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

// Whoever read the output may be gone (`| head`): that is no error of this command.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

/** This process's own. `styleText` looks at the stream, NO_COLOR and FORCE_COLOR itself. */
export const processTerminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
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

import type { WriteStream } from 'node:tty';

/** Lines on a terminal that are drawn again in place. */
export class LiveLines {
  readonly #stream: WriteStream;
  #drawn = 0;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  /** Replaces what was drawn before. Lines must not be wider than the terminal. */
  draw(lines: readonly string[]): void {
    // Above the top of the screen nothing can be drawn again: of a taller block only its end is shown.
    const shown = lines.slice(-Math.max(1, this.#stream.rows - 1));
    const up = this.#drawn > 0 ? `\x1b[${this.#drawn}A` : '';
    this.#stream.write(`${up}${shown.map((line) => `\x1b[2K${line}\n`).join('')}\x1b[0J`);
    this.#drawn = shown.length;
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { inProject } from '../../local/project.ts';
import { HOST_NODE_FLAGS } from '../../local/world/host-node-flags.ts';
import {
  type ChildRequest,
  type Memory,
  memorySchema,
  readySchema,
  replaySchema,
  type Work,
  workSchema,
} from './child-messages.ts';

/** How many requests are under way at a time when many instances are started. */
const CONNECTIONS = 50;

/** A host of the bench app in a process of its own, with a fresh task hub. */
export class MeasuredHost {
  readonly #child: ChildProcess;
  readonly #directory: string;
  #url = '';

  private constructor() {
    this.#directory = mkdtempSync(join(tmpdir(), 'bench-host-'));
    this.#child = fork(inProject('bench', 'host', 'host-process.ts'), [this.#directory], {
      execArgv: [...HOST_NODE_FLAGS],
      stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    });
  }

  /** @throws when the process ends instead. */
  static async open(): Promise<MeasuredHost> {
    const host = new MeasuredHost();
    host.#url = readySchema.parse(await host.#message()).url;
    return host;
  }

  /** Starts instances over HTTP, as any client does, and waits for their end. @returns what that took, and their ids. */
  async run(name: string, size: number, instances = 1): Promise<Work & { readonly ids: readonly string[] }> {
    await this.#ask({ ask: 'mark' });
    const ids: string[] = [];
    let begun = 0;
    const startSome = async (): Promise<void> => {
      while (begun < instances) {
        begun++;
        ids.push(await this.#start(name, size));
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONNECTIONS, instances) }, startSome));
    return { ...workSchema.parse(await this.#ask({ ask: 'ended', ids })), ids };
  }

  /** What the SDK alone takes for all episodes of an ended instance, ms of CPU time. */
  async replayBySdk(id: string): Promise<number> {
    return replaySchema.parse(await this.#ask({ ask: 'replay', id })).cpuMs;
  }

  async memory(): Promise<Memory> {
    return memorySchema.parse(await this.#ask({ ask: 'memory' }));
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    if (this.#child.connected) await this.#ask({ ask: 'close' });
    await exit;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #start(name: string, size: number): Promise<string> {
    const response = await fetch(`${this.#url}/api/start/${name}/${size}`, { method: 'POST' });
    const text = await response.text();
    if (!response.ok) throw new Error(`Starting ${name} answered ${response.status}: ${text}`);
    return z.string().min(1).parse(text);
  }

  #ask(request: ChildRequest): Promise<unknown> {
    const answer = this.#message();
    this.#child.send(request);
    return answer;
  }

  #message(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void =>
        reject(new Error(`The measured host ended with ${code}; see above.`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (message) => {
        this.#child.off('exit', onExit);
        resolve(message);
      });
    });
  }
}

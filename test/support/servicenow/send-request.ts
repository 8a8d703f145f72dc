import { type MessagePort, parentPort } from 'node:worker_threads';

interface Task {
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | undefined;
    readonly timeoutMs: number;
  };
  readonly answered: Int32Array;
  readonly port: MessagePort;
}

const send = async ({ url, method, headers, body, timeoutMs }: Task['request']) => {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method, headers, redirect: 'manual', signal, ...(body && { body }) });
    return { status: response.status, body: await response.text(), error: '' };
  } catch (error) {
    return { status: 0, body: '', error: error instanceof Error ? error.message : String(error) };
  }
};

/** A thread of its own, so that another can wait for HTTP without turning its event loop. */
parentPort?.on('message', async ({ request, answered, port }: Task) => {
  port.postMessage(await send(request));
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});

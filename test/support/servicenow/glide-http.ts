import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { instance } from './instance.ts';

/** Fakes of `@servicenow/glide/sn_ws`: a real HTTP request that this thread waits for. */

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly error: string;
}

const sender = new Worker(new URL('./send-request.ts', import.meta.url));
sender.unref();

const send = (request: object): Answer => {
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  sender.postMessage({ request, answered, port: port2 }, [port2]);
  if (Atomics.wait(answered, 0, 0, 60_000) === 'timed-out') throw new Error('The request did not end.');
  const received: { message: Answer } | undefined = receiveMessageOnPort(port1);
  port1.close();
  if (!received) throw new Error('The request brought no answer.');
  return received.message;
};

export class RESTMessageV2 {
  readonly #headers: Record<string, string> = {};
  #url = '';
  #method = 'GET';
  #body: string | undefined;
  #timeoutMs = 30_000;

  setEndpoint(url: string): void {
    this.#url = url;
  }

  setHttpMethod(method: string): void {
    this.#method = method;
  }

  setHttpTimeout(milliseconds: number): void {
    this.#timeoutMs = milliseconds;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  setRequestBody(body: string): void {
    this.#body = body;
  }

  execute() {
    const { status, body, error } = send({
      url: this.#url,
      method: this.#method,
      headers: this.#headers,
      body: this.#body,
      timeoutMs: this.#timeoutMs,
    });
    const { duringNextCall } = instance;
    instance.duringNextCall = undefined;
    duringNextCall?.();
    return { getStatusCode: () => status, getBody: () => body, getErrorMessage: () => error };
  }
}

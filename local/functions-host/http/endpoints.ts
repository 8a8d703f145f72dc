import type { RequestListener } from 'node:http';
import { listen, listenForRpc } from './listen.ts';

/** The two ports of a host, open from the first moment on: a taken one is noticed before the app is loaded. */
export interface Endpoints {
  readonly port: number;
  readonly rpcPort: number;
  /** Until this is called, requests are answered with 503. */
  serve(listeners: { readonly public: RequestListener; readonly rpc: RequestListener }): void;
  closePublic(): Promise<void>;
  closeRpc(): Promise<void>;
  abandon(): void;
}

/** @throws when a port is taken. */
export const openEndpoints = async (port: number, rpcPort: number | undefined): Promise<Endpoints> => {
  let serving: { readonly public: RequestListener; readonly rpc: RequestListener } | undefined;
  const notYet: RequestListener = (_, response) => void response.writeHead(503).end();
  const open = await listen((...message) => (serving?.public ?? notYet)(...message), port);
  try {
    const rpc = await listenForRpc((...message) => (serving?.rpc ?? notYet)(...message), rpcPort);
    return {
      port: open.port,
      rpcPort: rpc.port,
      serve: (listeners) => {
        serving = listeners;
      },
      closePublic: open.close,
      closeRpc: rpc.close,
      abandon: () => {
        open.abandon();
        rpc.abandon();
      },
    };
  } catch (error) {
    open.abandon();
    throw error;
  }
};

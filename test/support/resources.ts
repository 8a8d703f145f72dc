import type { StandIns } from './stand-ins.ts';

/** The only resource of a type that the simulator holds (the group that AKS makes for its nodes does not count). */
export const resourceOf = ({ azure }: StandIns, type: string) => azure.the(type);

// biome-ignore lint/suspicious/noExplicitAny: bodies of requests, looked into by tests that know their shape.
type Body = Record<string, any>;

/** The bodies of the requests that were sent with a method and a part of their URL, in order. */
export const sentBodies = (standIns: StandIns, method: string, urlPart: string): Body[] =>
  standIns.requests(method, urlPart).map(({ body }) => {
    const parsed: Body = typeof body === 'string' ? JSON.parse(body) : { ...(typeof body === 'object' ? body : {}) };
    return parsed;
  });

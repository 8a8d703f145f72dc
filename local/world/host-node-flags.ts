/**
 * Node's flags for a process that is the host. Two hundred deployments at once keep some 100 MiB alive; without a bound V8 lets the heap grow to
 * several times that before it collects.
 */
export const HOST_NODE_FLAGS: readonly string[] = ['--max-old-space-size=300'];

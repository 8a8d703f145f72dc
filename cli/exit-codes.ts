import { INTERRUPTED } from '../command-line/stop-on-interrupt.ts';

/**
 * What the process ends with. 0 to 2 are Terraform's (`plan -detailed-exitcode`), 3 is the Azure CLI's for what is not found, those from 64 are
 * those of sysexits.h, 130 is the shell's for Ctrl-C.
 */
export const EXIT = {
  ok: 0,
  /** The deployment did not succeed, or the service refused the request. */
  failed: 1,
  /** `plan --detailed-exitcode`: there is something to change. */
  changes: 2,
  notFound: 3,
  /** The command line is wrong. */
  usage: 64,
  /** The service does not answer. */
  unavailable: 69,
  /** The key is missing or wrong. */
  noPermission: 77,
  /** Ctrl-C. */
  interrupted: INTERRUPTED,
} as const;

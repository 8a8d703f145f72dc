import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { MutantOutcome } from './mutant-outcome.ts';

/** By file: why which of its mutants may survive. */
const reasonsOfRoom = z.record(
  z.string(),
  z.array(z.strictObject({ reason: z.string().min(1), mutants: z.array(z.string()).min(1) })),
);

/** Why a mutant may survive. */
export interface SurvivorReason {
  readonly file: string;
  /** As {@link MutantOutcome.change} has it. */
  readonly change: string;
  readonly reason: string;
}

/** Where the reasons of a room stand, below the project's root. */
export const reasonsFile = (room: string): string => `bench/mutation/survivors/${room.replaceAll('/', '-')}.yaml`;

/** Reads the reasons of a room's survivors. */
export const readReasons = (root: string, room: string): SurvivorReason[] => {
  const path = join(root, reasonsFile(room));
  if (!existsSync(path)) return [];
  const parsed = reasonsOfRoom.parse(parse(readFileSync(path, 'utf8')) ?? {});
  return Object.entries(parsed).flatMap(([file, entries]) =>
    entries.flatMap(({ reason, mutants }) => mutants.map((change) => ({ file, change, reason }))),
  );
};

/** Returns the reason of a survivor, if it has one. */
export const reasonOf = (
  reasons: readonly SurvivorReason[],
  { file, change }: Pick<MutantOutcome, 'file' | 'change'>,
): string | undefined => reasons.find((known) => known.file === file && known.change === change)?.reason;

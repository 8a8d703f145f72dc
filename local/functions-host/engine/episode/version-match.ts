import type { Settings } from '../settings.ts';

/** Whether this host may run an instance of that version (DTFx TaskOrchestrationDispatcher.cs, VersioningSettings.cs). */
export const mayRun = (version: string, settings: Settings): boolean => {
  switch (settings.versionMatchStrategy) {
    case 'None':
      return true;
    case 'Strict':
      return version === settings.defaultVersion;
    case 'CurrentOrOlder':
      return compareVersions(version, settings.defaultVersion) <= 0;
  }
};

const numeric = /^\d+(\.\d+){1,3}$/;

/** Versions of two to four numbers compare as such, all others as texts without regard to case; none is the oldest. */
const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a.trim(), b.trim()];
  if (!left || !right) return Number(Boolean(left)) - Number(Boolean(right));
  if (!numeric.test(left) || !numeric.test(right)) {
    const [x, y] = [left.toLowerCase(), right.toLowerCase()];
    return x < y ? -1 : Number(x > y);
  }
  const [x, y] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let i = 0; i < 4; i++) {
    // .NET's Version counts an absent part as -1, below 0.
    const difference = (x[i] ?? -1) - (y[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
};

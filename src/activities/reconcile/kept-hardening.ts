/** What is not changed back: who hardened a resource meant it. Reported, because a request for the tutorial's resource asks for something else. */
export const keptHardening = (
  existing: Readonly<Record<string, unknown>>,
  hardened: Readonly<Record<string, unknown>>,
): string | undefined => {
  const kept = Object.entries(hardened).flatMap(([property, value]) =>
    existing[property] === value ? [`${property} ${value}`] : [],
  );
  return kept.length === 0 ? undefined : `It is hardened and stays so: ${kept.join(', ')}.`;
};

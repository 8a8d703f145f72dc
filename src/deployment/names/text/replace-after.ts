/** What a secret looks like where something announces it. Short patterns instead of one long one: the text is read once, whatever it holds. */
export interface Announced {
  /** Announces a secret: `password`, `?sig=`. Global. */
  readonly lead: RegExp;
  /** What stands between the two and stays: ` = "`. Sticky. */
  readonly between?: RegExp;
  /** The secret. Sticky. */
  readonly secret: RegExp;
}

/** Replaces secrets behind what announces them, which stays. */
export const replaceAfter = (text: string, { lead, between, secret }: Announced, replacement: string): string => {
  let result = '';
  let from = 0;
  lead.lastIndex = 0;
  while (lead.test(text)) {
    const start = between ? endOf(between, text, lead.lastIndex) : lead.lastIndex;
    const end = start === undefined ? undefined : endOf(secret, text, start);
    if (end === undefined) continue;
    result += text.slice(from, start) + replacement;
    from = end;
    lead.lastIndex = end;
  }
  return result + text.slice(from);
};

const endOf = (pattern: RegExp, text: string, start: number): number | undefined => {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

/**
 * Replaces what a secret looks like where it follows what announces it. Two short patterns instead of one long one: the text is read once, whatever it holds.
 *
 * @param lead - announces a secret: `password`, `?sig=`. Global.
 * @param secret - the secret, as it stands behind the lead. Sticky; its first group is kept, if there is one.
 * @param replacement - of both.
 */
export const replaceAfter = (
  text: string,
  lead: RegExp,
  secret: RegExp,
  replacement: (lead: string, kept: string) => string,
): string => {
  let result = '';
  let from = 0;
  lead.lastIndex = 0;
  for (let found = lead.exec(text); found; found = lead.exec(text)) {
    secret.lastIndex = lead.lastIndex;
    const match = secret.exec(text);
    if (!match) continue;
    result += text.slice(from, found.index) + replacement(found[0], match[1] ?? '');
    from = secret.lastIndex;
    lead.lastIndex = from;
  }
  return result + text.slice(from);
};

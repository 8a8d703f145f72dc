const WORDS =
  /africa|arizona|asia|australia|brazil|canada|central|china|europe|france|germany|india|israel|italy|japan|korea|mexico|new|norway|poland|qatar|southeast|spain|sweden|switzerland|texas|uae|usgov|virginia|zealand|east|north|south|west|uk|us|\d/g;

const SPECIAL: Record<string, string> = { uae: 'UAE', uk: 'UK', us: 'US', usgov: 'USGov' };

/** A region as Azure shows it, and as the lists of the resource providers have it: `Canada Central`, `USGov Virginia`. */
export const regionName = (location: string): string =>
  location.replaceAll(WORDS, (word) => ` ${SPECIAL[word] ?? word.charAt(0).toUpperCase() + word.slice(1)}`).trim();

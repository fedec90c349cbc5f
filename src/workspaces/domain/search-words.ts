const MOST_NEGATIONS = 16;

/**
 * What is searched for, from what a person typed (attacker-controlled): words, "a phrase", or, -not. The database's parser
 * fails on a long run of minus signs, which nobody means: then they are taken for spaces.
 */
export function searchWords(text: string): string {
  const signs = text.split('-').length - 1;
  return signs > MOST_NEGATIONS ? text.replaceAll('-', ' ') : text;
}

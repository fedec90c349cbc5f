/** When to try again after the n-th failure in a row, in milliseconds: doubled each time up to `most`, give or take a quarter. */
export function backoffMs(failures: number, { least, most }: { readonly least: number; readonly most: number }, random: () => number = Math.random): number {
  const plain = Math.min(most, least * 2 ** Math.max(0, failures - 1));
  return plain * (0.75 + random() / 2);
}

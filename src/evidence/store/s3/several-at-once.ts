const AT_ONCE = 8;

/** Runs `act` for each, a few at a time, and ends with the first fault once none is under way any more. */
export async function severalAtOnce<T>(each: readonly T[], act: (one: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let stopped = false;
  const run = async (): Promise<void> => {
    while (next < each.length && !stopped) {
      const index = next;
      next += 1;
      try {
        await act(each[index] as T, index);
      } catch (fault) {
        stopped = true;
        throw fault;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, run));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Resolves with the name of the first signal that asks this process to stop. Later ones change nothing: stopping is bounded
 * in time, and npm passes on what the terminal already sent.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (asked) return;
        asked = true;
        resolve(name);
      });
    }
  });
}

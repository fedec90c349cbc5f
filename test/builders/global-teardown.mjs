/** Lets go of what runs beside the tests; the sweeper (sweep-cluster.mjs), the last, has then stopped the cluster and removed the folder. */
export default async function globalTeardown() {
  for (const child of [globalThis.concordatProviders, globalThis.concordatSweeper]) {
    if (child === undefined || child.exitCode !== null) continue;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await gone;
  }
}

/** Lets go of the sweeper (sweep-cluster.mjs) and waits until it has stopped the cluster and removed the folder. */
export default async function globalTeardown() {
  const sweeper = globalThis.concordatSweeper;
  if (sweeper === undefined || sweeper.exitCode !== null) return;
  const gone = new Promise((resolve) => sweeper.once('exit', resolve));
  sweeper.stdin.end();
  await gone;
}

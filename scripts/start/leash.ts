/**
 * Loaded into every process the launcher starts. When the launcher goes away without a word (killed), its channel closes
 * and the process stops as if it had been asked to: nothing is left listening on a port nobody remembers.
 */
const STOP_LIMIT_MS = 4000;

if (process.channel !== undefined) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
  });
  process.channel.unref();
}

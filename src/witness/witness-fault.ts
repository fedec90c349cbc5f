/** Something the person who runs the witness can put right; shown as one sentence, never with a secret in it. */
export class WitnessFault extends Error {
  override readonly name = 'WitnessFault';

  /** @param isUsage - the command line itself was wrong and nothing was tried */
  constructor(
    message: string,
    readonly isUsage = false,
  ) {
    super(message);
  }
}

/** The code of a fault of the system, for example `ENOENT`. */
export function codeOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined;
}

/** Why a job did not get done. The code goes to the queue, the log and the dead letter; it never carries content. */
export abstract class JobFailure extends Error {
  /** @param code - kebab-case, from the closed list of whoever throws it. */
  constructor(readonly code: string) {
    super(code);
    this.name = new.target.name;
  }
}

/** Trying again cannot help: the job is given up at once and becomes a dead letter. */
export class PermanentFailure extends JobFailure {}

/** The other side was not ready: the job is tried again, later and later. */
export class TransientFailure extends JobFailure {}

/**
 * What `fault` means for the job. Anything that is no declared failure is a bug or an outage of our own: it is worth
 * trying again, and only its kind is kept, because an error's text may quote what was being worked on.
 */
export function failureOf(fault: unknown): JobFailure {
  if (fault instanceof JobFailure) return fault;
  return new TransientFailure(`unexpected-${fault instanceof Error ? kebab(fault.name) : 'fault'}`);
}

function kebab(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '').replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

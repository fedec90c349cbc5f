/** The store does not answer, or not as it should. Nothing is said of what it holds: whatever was asked may be asked again. */
export class BlobsAway extends Error {
  /** As of a disk that is full, where the store says that it is. */
  readonly code: string | undefined;

  /** @param why - in words; never an address with a password, or a key. */
  constructor(why: string, isFull = false) {
    super(`The store of sealed exhibits cannot be used at the moment: ${why}`);
    this.name = 'BlobsAway';
    this.code = isFull ? 'ENOSPC' : undefined;
  }
}

/** The outcome of an act that is expected to be refused now and then. A bug is thrown; a refusal is returned. */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** A success carrying `value`. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** A refusal carrying `error`. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/**
 * The value of a result that cannot have been refused.
 *
 * @throws Error when the result is a refusal: the caller's belief was wrong, which is a bug.
 */
export function must<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value;
  throw new Error(`Expected a success, got the refusal ${JSON.stringify(result.error)}`);
}

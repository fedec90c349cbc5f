/** What a stranger's server answered. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What is sent; a question without a body is a GET. */
export interface Question {
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

/** It could not be reached, or did not answer in time, or not in a way that can be read. */
export class DoorFault extends Error {
  override readonly name = 'DoorFault';

  constructor(
    readonly code: 'silent' | 'unreadable',
    message: string,
  ) {
    super(message);
  }
}

/** A hundred cosignatures of a checkpoint fit, and any timestamp; what is longer is not read. */
const MAX_ANSWER_BYTES = 65_536;
/** So long for a whole answer, so that whoever sends a byte now and then takes nobody's time. */
export const ANSWER_LIMIT_MS = 5_000;

/**
 * Asks a server of somebody else's over HTTP. The address is the operator's configuration; everything that comes back is
 * attacker-controlled: no redirect is followed, and neither more octets nor more time are given than an answer needs.
 *
 * @throws DoorFault
 */
export async function knock(address: string, question: Question, stopped: AbortSignal): Promise<Reply> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  // Held by the timer itself: a signal composed with AbortSignal.any may be collected as garbage before its time comes
  // (nodejs/node#57736), and a witness that never answers would then be waited for without end.
  const timer = setTimeout(end, ANSWER_LIMIT_MS);
  stopped.addEventListener('abort', end, { once: true });
  try {
    stopped.throwIfAborted();
    return await Promise.race([ask(address, question, ended.signal), rejection(ended.signal)]);
  } catch (fault) {
    if (fault instanceof DoorFault) throw fault;
    if (ended.signal.aborted || stopped.aborted) throw new DoorFault('silent', `It did not answer within ${ANSWER_LIMIT_MS / 1000} seconds`);
    throw new DoorFault('silent', `It could not be reached (${reasonOf(fault)})`);
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', end);
  }
}

async function ask(address: string, { body, type }: Question, signal: AbortSignal): Promise<Reply> {
  const request = body === undefined ? { method: 'GET' } : { method: 'POST', body, headers: { 'content-type': type ?? 'text/plain; charset=utf-8' } };
  const response = await fetch(address, { ...request, signal, redirect: 'manual', credentials: 'omit' });
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes: await bytesOf(response) };
}

/** Rejects as `signal` aborts, whether or not what is under way heeds it. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

async function bytesOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new DoorFault('unreadable', `Its answer is longer than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The system's own code, such as ECONNREFUSED; never a text that somebody else wrote. */
function reasonOf(fault: unknown): string {
  const { cause, code } = fault as { cause?: { code?: unknown }; code?: unknown };
  const found = cause?.code ?? code;
  return typeof found === 'string' && /^[A-Z_]{2,40}$/.test(found) ? found : 'unknown fault';
}

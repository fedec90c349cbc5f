import { DetailedError, Upload } from 'tus-js-client';
import type { Progress } from './progress';

const CHUNK_BYTES = 16 * 1024 * 1024;
const RETRY_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

/** Sends a file to the address of its ticket, from wherever the server says it stopped. Resolves when it is stored. */
export function send(file: File, address: string, progress: Progress): Promise<void> {
  progress.start(file.name);
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      uploadUrl: new URL(address, location.href).href,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      onProgress: (sent, whole) => progress.show(sent, whole),
      onShouldRetry: (fault) => {
        const status = fault instanceof DetailedError ? (fault.originalResponse?.getStatus() ?? 0) : 0;
        progress.say('The connection was lost. Trying again from where it stopped.');
        return status === 0 || status === 409 || status === 423 || status >= 500;
      },
      onError: (fault) => reject(new Error(wordsOf(fault))),
      onSuccess: () => {
        progress.done();
        resolve();
      },
    });
    upload.start();
  });
}

function wordsOf(fault: Error | DetailedError): string {
  const body = fault instanceof DetailedError ? fault.originalResponse?.getBody() : undefined;
  return body !== undefined && body !== '' && body.length < 300 ? body : 'The upload stopped. Choose the file again to go on from where it stopped.';
}

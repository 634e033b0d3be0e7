import type { Problem } from '@unkai/contracts/errors';
import { problemIn, unreachable } from './problem.ts';

type Sending = {
  /** Bytes that have left, of the whole. */
  onProgress: (sent: number, total: number) => void;
  signal: AbortSignal;
};

/**
 * Sends a file as it is with PUT and the session's cookie. Not by fetch, which does not tell how far it has come. Gives what
 * the API said when it refused, undefined when it took it; throws an AbortError when it was given up.
 */
export function sendFile(url: string, file: File, { onProgress, signal }: Sending): Promise<Problem | undefined> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () => resolve(request.status < 300 ? undefined : problemIn(request.responseText));
    request.onerror = () => resolve(unreachable);
    request.onabort = () => reject(new DOMException('The sending was given up.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

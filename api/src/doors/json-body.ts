import { invalidInput, UnkaiError } from '@unkai/contracts/errors';
import type { z } from 'zod';

/**
 * Reads a JSON body of at most `limitBytes` and parses it. Throws `unsupported_media_type`, `too_large` (before it has
 * read more than the limit) and `invalid_input`, which names each field at fault.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  limitBytes: number,
): Promise<z.output<Schema>> {
  requireJson(request);
  return parsedJson(await readText(request, limitBytes), schema);
}

/** Throws `unsupported_media_type` for a body that does not say that it is JSON. */
export function requireJson(request: Request): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new UnkaiError('unsupported_media_type', 'The body must be application/json.');
}

/** Throws `invalid_input`, which names each field at fault. */
export function parsedJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/** Reads a body as text. Throws `too_large` before it has read more than the limit. */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  const tooLarge = () => new UnkaiError('too_large', `The body must have at most ${limitBytes} bytes.`);
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > limitBytes) throw tooLarge();
  // Node takes no more from the connection than the length that was said: no need to count, nor for a stream of the web's.
  if (length !== null && !request.headers.has('transfer-encoding')) {
    const whole = Buffer.from(await request.arrayBuffer());
    if (whole.length > limitBytes) throw tooLarge();
    return whole.toString('utf8');
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnkaiError('invalid_input', 'The body is not JSON.', { cause });
  }
}

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
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new UnkaiError('unsupported_media_type', 'The body must be application/json.');
  const parsed = schema.safeParse(parseJson(await readText(request, limitBytes)));
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/** Reads a body as text. Throws `too_large` before it has read more than the limit. */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  const tooLarge = () => new UnkaiError('too_large', `The body must have at most ${limitBytes} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
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

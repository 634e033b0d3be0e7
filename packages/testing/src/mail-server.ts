import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A letter as it came over the wire. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  /** The first link in it. */
  readonly link: string | null;
}

/** A mail server that takes letters and keeps them; `await using` closes it. */
export interface MailServer extends AsyncDisposable {
  /** For `SMTP_URL`. */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** From now on every letter is answered with this code of SMTP, such as 450 or 550; null takes them. */
  answerWith(code: number | null): void;
  close(): Promise<void>;
}

/** Starts one on 127.0.0.1, on a port of its own unless one is given. With `auth` it takes letters only after that sign-in. */
export async function startMailServer({ port = 0, auth }: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let code: number | null = null;
  const server = new SMTPServer({
    disabledCommands: auth === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    authOptional: auth === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, answer) {
      if (username === auth?.user && password === auth?.password) answer(null, { user: username });
      else answer(Object.assign(new Error('wrong name or password'), { responseCode: 535 }));
    },
    onData(stream, { envelope }, answer) {
      void readText(stream).then((raw) => {
        if (code !== null) return answer(Object.assign(new Error('not today'), { responseCode: code }));
        const { mailFrom, rcptTo } = envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        received.push({ from, to: rcptTo.map(({ address }) => address), ...parse(raw) });
        return answer(null);
      });
    },
  });
  server.on('error', () => {});
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  const { port: taken } = addressOf(listening.address());
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const signIn = auth === undefined ? '' : `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.password)}@`;
  return {
    url: `smtp://${signIn}127.0.0.1:${taken}`,
    received,
    answerWith(next) {
      code = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface MailServerOptions {
  readonly port?: number;
  readonly auth?: { readonly user: string; readonly password: string };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new TypeError('the mail server has no port');
  return address;
}

/** Reads a letter of one part, as ours are. */
function parse(raw: string): Pick<ReceivedMail, 'subject' | 'messageId' | 'text' | 'link'> {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]/g, ' ');
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const body = raw.slice(end + 4);
  const text = bodyText(body, field('content-transfer-encoding').toLowerCase()).replaceAll('\r\n', '\n');
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? null;
  return { subject: words(field('subject')), messageId: field('message-id'), text, link };
}

function bodyText(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? unquoted(body) : body;
}

/** A header with other than ASCII in it comes in encoded words (RFC 2047). */
function words(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, encoded: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64').toString() : unquoted(encoded.replaceAll('_', ' ')),
    );
}

/** Undoes quoted-printable (RFC 2045). */
function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

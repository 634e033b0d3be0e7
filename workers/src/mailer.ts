import { type Mailer, MailRefused } from '@unkai/core/mail/mail-send';
import { createTransport } from 'nodemailer';

export interface MailerSettings {
  /** `smtp://` (with STARTTLS where the server offers it) or `smtps://`, with name and password in it where it asks. */
  readonly smtpUrl: string;
  /** What letters come from, such as `Example Cloud <cloud@example.org>`. */
  readonly from: string;
}

// Some servers let strangers wait on purpose; all of it together stays below the time that a letter is claimed for.
const patience = { connectionTimeout: 15_000, greetingTimeout: 30_000, socketTimeout: 30_000 };

/** Speaks SMTP (RFC 5321) with one server, and closes the connection after each letter. */
export function smtpMailer({ smtpUrl, from }: MailerSettings): Mailer {
  const { host, ...options } = optionsOf(new URL(smtpUrl));
  const transport = createTransport({ ...options, ...patience, host });
  return {
    async send({ id, to, subject, text }) {
      const messageId = `<${id}@${host}>`;
      try {
        // As an object, so that nothing in it is read as a list of addresses.
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId, headers: automatic });
      } catch (error) {
        throw isRefusal(error) ? new MailRefused(error.message, { cause: error }) : error;
      }
    },
  };
}

// Nobody's holiday notice answers to it (RFC 3834).
const automatic = { 'Auto-Submitted': 'auto-generated' };
const smtpPorts = { 'smtp:': 587, 'smtps:': 465 } as const;

function optionsOf({ protocol, hostname, port, username, password, searchParams }: URL) {
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? smtpPorts[secure ? 'smtps:' : 'smtp:'] : Number(port),
    secure,
    requireTLS: searchParams.get('tls') === 'required',
    ignoreTLS: searchParams.get('tls') === 'off',
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

/** A reply of the kind 5xx to sender, recipient or content; one to the sign-in speaks of our settings, which can change. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || ('code' in error && error.code === 'EAUTH')) return false;
  return 'responseCode' in error && typeof error.responseCode === 'number' && error.responseCode >= 500;
}

/** Why nothing came of a request to the outside. */
export type OutgoingCode =
  /** Not an address at all. */
  | 'address'
  | 'scheme'
  | 'credentials'
  | 'port'
  /** Somewhere that must not be asked, or a name that leads nowhere. */
  | 'target'
  /** Too many redirects, or one that must not be followed. */
  | 'redirect'
  | 'late'
  | 'too-long'
  /** No connection, or a broken one. */
  | 'connection'
  | 'certificate'
  /** Not HTTP. */
  | 'answer';

/** The words are safe to show to whoever named the target: they tell of nothing that is inside. */
export class OutgoingFailure extends Error {
  readonly code: OutgoingCode;

  constructor(code: OutgoingCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutgoingFailure';
    this.code = code;
  }
}

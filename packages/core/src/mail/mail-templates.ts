/** What is written to people, as plain text. Whatever a person chose stands in it as they wrote it, never as markup. */
export interface Letter {
  readonly subject: string;
  /** Paragraphs; a link stands on a line of its own. */
  readonly paragraphs: readonly string[];
}

/** What each letter is told with. Links are whole, as `linkTo` makes them; times are ISO 8601. */
export interface MailValues {
  'sign-up': { readonly link: string; readonly expiresAt: string };
  'sign-up-known': { readonly username: string; readonly domain: string; readonly link: string };
  'password-reset': {
    readonly username: string;
    readonly domain: string;
    readonly link: string;
    readonly expiresAt: string;
  };
  'password-changed': { readonly username: string; readonly domain: string };
  invite: {
    readonly link: string;
    readonly invitedBy: string;
    readonly role: string;
    readonly message: string;
    /** Null for an invite to the domain itself. */
    readonly projectName: string | null;
    readonly domainName: string;
    readonly expiresAt: string;
  };
  'quota-asked': {
    readonly project: string;
    readonly requester: string;
    readonly reason: string;
    readonly lines: readonly string[];
    readonly link: string;
  };
  'budget-reached': {
    readonly project: string | null;
    readonly domain: string;
    readonly percent: number;
    /** With their currency. */
    readonly spent: string;
    readonly amount: string;
    readonly link: string;
  };
  'quota-answered': {
    readonly project: string;
    readonly outcome: string;
    readonly answer: string;
    readonly lines: readonly string[];
    readonly link: string;
  };
}
export type MailTemplate = keyof MailValues;

const notYou = 'If this was not you, there is nothing to do: without the link nothing happens.';

/** Every letter there is. */
export const mailTemplates: { readonly [Name in MailTemplate]: (values: MailValues[Name]) => Letter } = {
  'sign-up': ({ link, expiresAt }) => ({
    subject: 'Your Unkai account',
    paragraphs: [
      'Somebody, hopefully you, wants an account with this address. Open this link to choose a password and begin:',
      link,
      `The link works once, until ${moment(expiresAt)}.`,
      notYou,
    ],
  }),
  'sign-up-known': ({ username, domain, link }) => ({
    subject: 'You have an Unkai account',
    paragraphs: [
      'Somebody, hopefully you, wants a new account with this address, but there is one already.',
      `Sign in as ${username} in the domain ${domain}:`,
      link,
      'If you forgot the password, choose "Forgot your password?" there.',
    ],
  }),
  'password-reset': ({ username, domain, link, expiresAt }) => ({
    subject: 'Choose a new password',
    paragraphs: [
      `Somebody, hopefully you, asked for a new password for ${username} in the domain ${domain}. Open this link to choose it:`,
      link,
      `The link works once, until ${moment(expiresAt)}.`,
      notYou,
    ],
  }),
  'password-changed': ({ username, domain }) => ({
    subject: 'Your password was changed',
    paragraphs: [
      `The password of ${username} in the domain ${domain} was changed. All other sessions have ended.`,
      'If this was not you, ask whoever manages your domain to lock the account now.',
    ],
  }),
  invite: ({ link, invitedBy, role, message, projectName, domainName, expiresAt }) => ({
    subject: `${invitedBy} invites you to ${projectName ?? domainName}`,
    paragraphs: [
      `${invitedBy} invites you to be ${role} of ${placeWords(projectName, domainName)}.`,
      ...(message === '' ? [] : [`They write: ${message}`]),
      'Open this link to accept, with the account that you have or with a new one:',
      link,
      `The link works once, until ${moment(expiresAt)}. If you do not want this, there is nothing to do.`,
    ],
  }),
  'quota-asked': ({ project, requester, reason, lines, link }) => ({
    subject: `${project} asks for more`,
    paragraphs: [`${requester} asks for more in the project ${project}:`, lines.join('\n'), reason, link],
  }),
  'budget-reached': ({ project, domain, percent, spent, amount, link }) => ({
    subject: `${percent} % of the budget of ${project ?? domain} is used`,
    paragraphs: [
      `This month ${placeWords(project, domain)} has cost ${spent} so far: ${percent} % of its budget of ${amount} is reached.`,
      'Nothing is stopped by it. What costs, and until when, is told here:',
      link,
    ],
  }),
  'quota-answered': ({ project, outcome, answer, lines, link }) => ({
    subject: `Your request for more in ${project} ${outcome}`,
    paragraphs: [lines.join('\n'), ...(answer === '' ? [] : [answer]), link],
  }),
};

function placeWords(projectName: string | null, domainName: string): string {
  return projectName === null ? `the domain ${domainName}` : `the project ${projectName} in the domain ${domainName}`;
}

/** A time as people read it, without naming a zone that they are not in: 2026-11-21 20:15 UTC. */
export function moment(isoTime: string): string {
  return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}

import { paths } from '../paths.ts';

/** The pages of the signed-in user's own things, in the order of their tabs. */
export const profilePages = [
  { href: paths.profile(), label: 'Account' },
  { href: paths.profileSignIn(), label: 'Password and codes' },
  { href: paths.profileNotifications(), label: 'Notifications' },
  { href: paths.profileActivity(), label: 'Activity' },
  { href: paths.profileSessions(), label: 'Sessions' },
  { href: paths.profileApiTokens(), label: 'API tokens' },
  { href: paths.profileApplicationCredentials(), label: 'Application credentials' },
  { href: paths.profileOpenstack(), label: 'OpenStack clients' },
  { href: paths.profileLent(), label: 'Trusts and keys' },
] as const;

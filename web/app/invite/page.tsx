import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { InviteAnswer } from '#forms/invite-answer.tsx';
import { sessionCookieName } from '#session/cookie.ts';
import { FrontPage } from '#ui/front-page.tsx';

export const metadata: Metadata = { title: 'Invite' };

export default async function InvitePage() {
  const isSignedIn = (await cookies()).has(sessionCookieName);
  return (
    <FrontPage title="You are invited">
      <InviteAnswer isSignedIn={isSignedIn} />
    </FrontPage>
  );
}

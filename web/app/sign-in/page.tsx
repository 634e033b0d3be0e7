import { safeNext } from '@unkai/contracts/safe-next';
import type { Metadata } from 'next';
import { SignInForm } from '#forms/sign-in.tsx';
import { SignInWithProvider } from '#forms/sign-in-with-provider.tsx';
import { SignUpLink } from '#forms/sign-up-link.tsx';
import { outcomeOf, providerContact, providerName } from '#session/openid.ts';
import { FrontPage } from '#ui/front-page.tsx';
import { paths } from '../../paths.ts';
import { OutsideLink } from '../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, openid } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : undefined);
  const provider = providerName();
  return (
    <FrontPage title="Sign in to Unkai">
      {provider !== null && (
        <SignInWithProvider
          provider={provider}
          contact={providerContact()}
          next={target}
          outcome={await outcomeOf(openid)}
        />
      )}
      <SignInForm next={target} />
      <div className="mt-4 flex flex-wrap justify-between gap-x-4">
        <OutsideLink href={paths.forgotPassword()}>Forgot your password?</OutsideLink>
        <SignUpLink />
      </div>
    </FrontPage>
  );
}

import { safeNext } from '@unkai/contracts/safe-next';
import type { Metadata } from 'next';
import { SignInForm } from '#forms/sign-in.tsx';
import { SignInWithProvider } from '#forms/sign-in-with-provider.tsx';
import { outcomeOf, providerContact, providerName } from '#session/openid.ts';
import { Logo } from '#ui/logo.tsx';
import { paths } from '../../paths.ts';
import { OutsideLink } from '../../shell/outside-page.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, openid } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : undefined);
  const provider = providerName();
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto] px-4">
      <div className="w-full max-w-88 place-self-center py-10">
        <div className="mb-8 grid justify-items-center gap-3 text-center">
          <Logo size={40} />
          <h1 className="font-semibold text-title tracking-[-0.01em]">Sign in to Unkai</h1>
        </div>
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
          <OutsideLink href={paths.signUp()}>Create an account</OutsideLink>
        </div>
      </div>
      <Horizon />
    </main>
  );
}

/** The sea of clouds below the form: three thin lines, in the colour of lines. */
function Horizon() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 90"
      preserveAspectRatio="none"
      className="-mx-4 h-20 w-[calc(100%+2rem)] text-line"
      fill="none"
      stroke="currentColor"
    >
      <path
        vectorEffect="non-scaling-stroke"
        d="M0 66c120 0 150-34 260-34s130 26 240 26 170-40 300-40 150 34 240 34 90-12 160-12"
      />
      <path vectorEffect="non-scaling-stroke" d="M0 82c160 0 210-24 330-24s190 18 300 18 200-26 310-26 160 16 260 16" />
    </svg>
  );
}

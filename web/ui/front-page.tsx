import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';

/** A page before the portal: one narrow column under the logo, above the sea of clouds. */
export function FrontPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto] px-4">
      <div className="w-full max-w-88 place-self-center py-10">
        <div className="mb-8 grid justify-items-center gap-3 text-center">
          <Logo size={40} />
          <h1 className="max-w-full wrap-anywhere font-semibold text-title tracking-[-0.01em]">{title}</h1>
        </div>
        {children}
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

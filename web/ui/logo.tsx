/** A thin horizon with two rising strokes of cloud; one colour, taken from the text around it. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
    >
      <path d="M2 19.2h20" />
      <path d="M4 15.4c2.6 0 3.4-3 6-3s3.2 1.6 5 1.6 2.4-1 4.6-1" />
      <path d="M7.4 9.6c2.2 0 3-3.8 6-3.8 2.4 0 2.8 1.8 4.4 1.8" />
    </svg>
  );
}

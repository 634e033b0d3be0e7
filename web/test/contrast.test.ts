import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Theme = 'light' | 'dark';
type Oklch = { lightness: number; chroma: number; hue: number };

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8');

/** Reads `--color-<name>` from the theme block: one colour for both themes, or `light-dark(<light>, <dark>)`. */
function token(name: string, theme: Theme): Oklch {
  const declaration = new RegExp(`--color-${name}:\\s*(.+);`).exec(css)?.[1];
  const colours = [...(declaration ?? '').matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
  const colour = colours.length === 1 ? colours[0] : colours[theme === 'light' ? 0 : 1];
  if (!colour) throw new Error(`globals.css has no colour --color-${name} for the ${theme} theme`);
  return { lightness: Number(colour[1]), chroma: Number(colour[2]), hue: Number(colour[3]) };
}

/** Linear sRGB of an OKLCH colour (Björn Ottosson's matrices), clipped to the gamut as a browser would show it. */
function linearRgb({ lightness, chroma, hue }: Oklch): [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

/** Contrast ratio of WCAG 2.2: 1 to 21. */
function contrast(one: Oklch, other: Oklch): number {
  const luminance = (colour: Oklch) => {
    const [red, green, blue] = linearRgb(colour);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const grounds = ['ground', 'surface', 'raised', 'overlay'];
const texts = ['ink', 'ink-muted', 'ink-faint', 'accent-ink', 'ok-ink', 'busy-ink', 'warn-ink', 'bad-ink'];
const text = [
  ...texts.flatMap((name) => grounds.map((ground) => [name, ground] as const)),
  ...['ink', 'ink-muted', 'accent-ink'].map((name) => [name, 'accent-wash'] as const),
  ...['ink', 'ink-muted', 'bad-ink'].map((name) => [name, 'bad-wash'] as const),
  ...['ink', 'ink-muted', 'warn-ink'].map((name) => [name, 'warn-wash'] as const),
  ...['accent-fill', 'accent-hover'].map((ground) => ['on-accent', ground] as const),
];
/** Parts that carry meaning without words: borders of controls, the focus ring. */
const graphics = ['line-strong', 'accent'].flatMap((name) => ['ground', 'surface'].map((on) => [name, on] as const));

for (const theme of ['light', 'dark'] as const) {
  describe(`the ${theme} theme`, () => {
    test.each(text)('text %s on %s reads at AA (4.5:1)', (name, ground) => {
      expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
    });
    test.each(graphics)('%s on %s is seen at AA (3:1)', (name, ground) => {
      expect(contrast(token(name, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
    });
  });
}

test('the formula agrees with WCAG: black on white is 21:1', () => {
  const black = { lightness: 0, chroma: 0, hue: 0 };
  expect(contrast(black, { lightness: 1, chroma: 0, hue: 0 })).toBeCloseTo(21, 3);
});

import type { ITheme } from '@xterm/xterm';

/** Follows the portal's theme: calls `apply` now and whenever the reader or the system changes it. */
export function watchTerminalTheme(apply: (theme: ITheme) => void): () => void {
  const update = () => apply(terminalTheme());
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', update);
  update();
  return () => {
    observer.disconnect();
    system.removeEventListener('change', update);
  };
}

function terminalTheme(): ITheme {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(--color-${token})`;
    return sixDigits(getComputedStyle(probe).color);
  };
  const theme: ITheme = {
    background: colour('surface'),
    foreground: colour('ink'),
    cursor: colour('accent'),
    cursorAccent: colour('surface'),
    selectionBackground: `${colour('accent')}55`,
    black: colour('ink-muted'),
    brightBlack: colour('ink-faint'),
    white: colour('ink'),
    brightWhite: colour('ink'),
    red: colour('bad-ink'),
    brightRed: colour('bad-ink'),
    green: colour('ok-ink'),
    brightGreen: colour('ok-ink'),
    yellow: colour('warn-ink'),
    brightYellow: colour('warn-ink'),
    blue: colour('accent-ink'),
    brightBlue: colour('accent-ink'),
    cyan: colour('busy-ink'),
    brightCyan: colour('busy-ink'),
    magenta: colour('accent-ink'),
    brightMagenta: colour('accent-ink'),
  };
  probe.remove();
  return theme;
}

/** The terminal reads `#rrggbb` only; a canvas turns any CSS colour into the bytes it is drawn with. */
function sixDigits(colour: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return '#808080';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

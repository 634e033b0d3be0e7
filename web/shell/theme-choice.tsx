'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { createContext, type ReactNode, use, useState } from 'react';
import { applyTheme, type Theme } from '#session/theme.ts';
import { MenuChoice } from '#ui/menu.tsx';

const ThemeContext = createContext<{ theme: Theme; choose: (theme: Theme) => void }>({
  theme: 'system',
  choose: applyTheme,
});

export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, setTheme] = useState(initial);
  const choose = (chosen: Theme) => {
    applyTheme(chosen);
    setTheme(chosen);
  };
  return <ThemeContext value={{ theme, choose }}>{children}</ThemeContext>;
}

/** The chosen theme and the way to choose another. */
export function useTheme() {
  return use(ThemeContext);
}

const options = [
  { value: 'system', label: 'As the system', icon: <Monitor aria-hidden size={14} /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden size={14} /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden size={14} /> },
] as const;

/** System, light or dark, as entries of a menu. */
export function ThemeChoice() {
  const { theme, choose } = useTheme();
  return <MenuChoice<Theme> value={theme} onChange={choose} options={options} />;
}

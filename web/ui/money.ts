/** An amount as people write it: `€12.50`; small ones with what makes them differ from nothing. Only for reading. */
export function money(text: string, currency: string | null): string {
  const value = Number(text);
  const isSmall = value !== 0 && Math.abs(value) < 1;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: isSmall ? 6 : 2 };
  if (currency === null) return value.toLocaleString('en', digits);
  return value.toLocaleString('en', { style: 'currency', currency, ...digits });
}

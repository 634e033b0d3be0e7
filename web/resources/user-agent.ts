/** What of a browser's name to look for, in this order: most of them also carry the names of others. */
const browsers = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/**
 * What a User-Agent header (RFC 9110, 10.1.5) names, in a word or two: "Firefox on Linux"; for what is no browser its
 * first product, such as "curl/8.5.0". Only a hint: whoever sends it says what they like.
 */
export function userAgentWords(userAgent: string | null): string {
  if (!userAgent) return 'Unnamed program';
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1];
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  if (browser === undefined) return userAgent.split(/\s/, 1)[0] || 'Unnamed program';
  return system === undefined ? browser : `${browser} on ${system}`;
}

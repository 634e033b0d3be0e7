/** Where OpenStack's clients look for each service when nobody tells them, and which door of ours that is. */
export const standardPorts = [
  { port: 5000, prefix: '/identity' },
  { port: 35_357, prefix: '/identity' },
  { port: 8774, prefix: '/compute' },
  { port: 8776, prefix: '/volume' },
  { port: 9292, prefix: '/image' },
  { port: 9696, prefix: '/network' },
] as const;

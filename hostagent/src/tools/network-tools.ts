/** The tools of the network half: its resources use these and no others. */
export type NetworkTools = Record<never, never>;

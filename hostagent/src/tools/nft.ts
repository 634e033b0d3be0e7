import { devicePrefix } from './device-names.ts';
import { inNamespace } from './namespace.ts';
import { run } from './run.ts';

export interface NftTool {
  /**
   * Keeps the host's own network stack apart from the guests' devices, and from further ones that belong to a bridge;
   * replaces what an older agent left.
   */
  ensureHostGuard(further?: readonly string[]): Promise<void>;
  /** Harmless when it is not there. */
  purgeHostGuard(): Promise<void>;
}

// A switch in user space listens to a device beside the kernel, not instead of it: whatever a guest sends also reaches
// the host's own stack, past every flow. Without this guard a guest that addresses the device's MAC talks to services
// of the host (A62), or through it where the host forwards. Both ways, and ARP too, which would give away the host's
// addresses. The kernel's datapath takes packets before these hooks, and the guard is harmless there.
const families = ['inet', 'arp'] as const;
const table = 'unkai_guard';

function guard(family: (typeof families)[number], further: readonly string[]): string {
  const [incoming, outgoing] = family === 'inet' ? ['prerouting', 'output'] : ['input', 'output'];
  // Declared first, as deleting a table that is not there is an error and the file is all or nothing.
  return `table ${family} ${table} { }
delete table ${family} ${table}
table ${family} ${table} {
  chain incoming {
    type filter hook ${incoming} priority -310; policy accept;
    ${[`${devicePrefix}*`, ...further].map((device) => `iifname "${device}" drop`).join('\n    ')}
  }
  chain outgoing {
    type filter hook ${outgoing} priority -310; policy accept;
    oifname "${devicePrefix}*" drop
  }
}
`;
}

/** The real nft. */
export function openNft(hostNamespace?: string): NftTool {
  return {
    async ensureHostGuard(further = []) {
      const input = families.map((family) => guard(family, further)).join('');
      await run(inNamespace(hostNamespace, ['nft', '-f', '-']), { input });
    },
    async purgeHostGuard() {
      // Declared first, as deleting a table that is not there is an error.
      const lines = families.map((family) => `table ${family} ${table} { }\ndelete table ${family} ${table}\n`);
      await run(inNamespace(hostNamespace, ['nft', '-f', '-']), { input: lines.join('') });
    },
  };
}

'use client';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '@unkai/contracts/resources/network';
import { type RouterState, routerStates } from '@unkai/contracts/resources/router';
import type { Subnet } from '@unkai/contracts/resources/subnet';
import { useTRPC } from '#client/trpc.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';

const tones = { building: 'busy', active: 'ok', down: 'off', error: 'bad' } as const satisfies Record<
  RouterState,
  Tone
>;
const words = { building: 'being made', active: 'active', down: 'switched off', error: 'failed' } as const;

/** How a router is; what that means is told on hover. */
export function RouterStateBadge({ state }: { state: RouterState }) {
  return (
    <span title={routerStates[state]}>
      <StateBadge tone={tones[state]} word={words[state]} />
    </span>
  );
}

/** The networks that a project sees, apart by what routers do with them. */
export function useRouterPlaces(project: string): { external: readonly Network[]; subnets: readonly Subnet[] } {
  const trpc = useTRPC();
  const networks = useQuery(trpc.network.list.queryOptions({ projectId: project, limit: 1000 })).data?.items ?? [];
  return {
    external: networks.filter(({ isExternal }) => isExternal),
    subnets: networks.filter(({ isExternal }) => !isExternal).flatMap(({ subnets }) => subnets),
  };
}

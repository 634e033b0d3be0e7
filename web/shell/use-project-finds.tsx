'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Box, KeyRound, Network, Server, Shield } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#client/trpc.tsx';
import { paths } from '../paths.ts';
import type { QuickAction } from './quick-actions.tsx';

const icon = { size: 15, className: 'text-ink-faint', 'aria-hidden': true } as const;

/** Every named thing of the project as an entry of the palette, found by name, id or address. */
export function useProjectFinds(project: string | undefined): readonly QuickAction[] {
  const trpc = useTRPC();
  const router = useRouter();
  const input = project === undefined ? skipToken : { projectId: project };
  const servers = useQuery(trpc.server.list.queryOptions(input));
  const images = useQuery(trpc.image.list.queryOptions(input));
  const networks = useQuery(trpc.network.list.queryOptions(input));
  const groups = useQuery(trpc.securityGroup.list.queryOptions(input));
  const keyPairs = useQuery(trpc.keyPair.list.queryOptions(project === undefined ? skipToken : {}));
  if (project === undefined) return [];
  const at = { project };
  return [
    ...(servers.data?.items ?? []).map(({ id, name, addresses }) => ({
      id,
      label: name,
      group: 'Servers',
      keywords: [id, ...addresses.map(({ address }) => address)].join(' '),
      icon: <Server {...icon} />,
      run: () => router.push(paths.server({ ...at, server: id })),
    })),
    ...(networks.data?.items ?? []).map(({ id, name, subnets }) => ({
      id,
      label: name,
      group: 'Networks',
      keywords: [id, ...subnets.map(({ cidr }) => cidr)].join(' '),
      icon: <Network {...icon} />,
      run: () => router.push(paths.networks(at)),
    })),
    ...(groups.data?.items ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: 'Security groups',
      keywords: id,
      icon: <Shield {...icon} />,
      run: () => router.push(paths.securityGroup({ ...at, group: id })),
    })),
    ...(images.data?.items ?? []).map(({ id, name }) => ({
      id,
      label: name,
      group: 'Images',
      keywords: id,
      icon: <Box {...icon} />,
      run: () => router.push(paths.images(at)),
    })),
    ...(keyPairs.data?.items ?? []).map(({ id, name, fingerprintSha256 }) => ({
      id,
      label: name,
      group: 'Key pairs',
      keywords: `${id} ${fingerprintSha256}`,
      icon: <KeyRound {...icon} />,
      run: () => router.push(paths.keyPairs(at)),
    })),
  ];
}

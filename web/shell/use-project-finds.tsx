'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Box, KeyRound, type LucideIcon, Network, Server, Shield } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#client/trpc.tsx';
import { paths } from '../paths.ts';
import type { QuickAction } from './quick-actions.tsx';

type Found = { group: string; Icon: LucideIcon; href: string; keywords?: readonly string[] };

/** Every named thing of the project as an entry of the palette, found by name, id or address. */
export function useProjectFinds(project: string | undefined): readonly QuickAction[] {
  const trpc = useTRPC();
  const router = useRouter();
  const input = project === undefined ? skipToken : { projectId: project };
  const servers = useQuery(trpc.server.list.queryOptions(input)).data?.items ?? [];
  const images = useQuery(trpc.image.list.queryOptions(input)).data?.items ?? [];
  const networks = useQuery(trpc.network.list.queryOptions(input)).data?.items ?? [];
  const groups = useQuery(trpc.securityGroup.list.queryOptions(input)).data?.items ?? [];
  const keyPairs = useQuery(trpc.keyPair.list.queryOptions(project === undefined ? skipToken : {})).data?.items ?? [];
  if (project === undefined) return [];

  const at = { project };
  const entry = ({ id, name }: { id: string; name: string }, { group, Icon, href, keywords = [] }: Found) => ({
    id,
    label: name,
    group,
    keywords: [id, ...keywords].join(' '),
    icon: <Icon size={15} className="text-ink-faint" aria-hidden />,
    run: () => router.push(href),
  });
  return [
    ...servers.map((server) => {
      const keywords = server.addresses.map(({ address }) => address);
      return entry(server, {
        group: 'Servers',
        Icon: Server,
        href: paths.server({ ...at, server: server.id }),
        keywords,
      });
    }),
    ...networks.map((network) => {
      const keywords = network.subnets.map(({ cidr }) => cidr);
      return entry(network, { group: 'Networks', Icon: Network, href: paths.networks(at), keywords });
    }),
    ...groups.map((group) => {
      const href = paths.securityGroup({ ...at, group: group.id });
      return entry(group, { group: 'Security groups', Icon: Shield, href });
    }),
    ...images.map((image) => entry(image, { group: 'Images', Icon: Box, href: paths.images(at) })),
    ...keyPairs.map((pair) => {
      const keywords = [pair.fingerprintSha256];
      return entry(pair, { group: 'Key pairs', Icon: KeyRound, href: paths.keyPairs(at), keywords });
    }),
  ];
}

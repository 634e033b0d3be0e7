import type { LucideIcon } from 'lucide-react';
import { Box, ChartNoAxesGantt, HardDrive, KeyRound, LayoutGrid, Network, Server, Shield } from 'lucide-react';
import { paths } from '../paths.ts';

export type NavigationEntry = {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Only this exact path is the entry's page; otherwise everything below belongs to it too. */
  isExact?: boolean;
};
export type NavigationGroup = { label?: string; entries: readonly NavigationEntry[] };

/** The groups of the rail for a project. */
export function projectNavigation(project: string): readonly NavigationGroup[] {
  const at = { project };
  return [
    { entries: [{ label: 'Overview', href: paths.project(at), icon: LayoutGrid, isExact: true }] },
    {
      label: 'Compute',
      entries: [
        { label: 'Servers', href: paths.servers(at), icon: Server },
        { label: 'Images', href: paths.images(at), icon: Box },
        { label: 'Key pairs', href: paths.keyPairs(at), icon: KeyRound },
      ],
    },
    {
      label: 'Network',
      entries: [
        { label: 'Networks', href: paths.networks(at), icon: Network },
        { label: 'Security groups', href: paths.securityGroups(at), icon: Shield },
      ],
    },
    { label: 'Project', entries: [{ label: 'Activity', href: paths.activity(at), icon: ChartNoAxesGantt }] },
  ];
}

/** What operators of the installation see besides. */
export const operatorNavigation: NavigationGroup = {
  label: 'Operate',
  entries: [{ label: 'Hosts', href: paths.hosts(), icon: HardDrive }],
};

/** Whether `pathname` is the entry's page or below it. */
export function isCurrent(entry: NavigationEntry, pathname: string): boolean {
  return pathname === entry.href || (!entry.isExact && pathname.startsWith(`${entry.href}/`));
}

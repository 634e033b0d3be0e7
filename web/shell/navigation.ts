import type { CurrentUser } from '@unkai/contracts/resources/session';
import type { LucideIcon } from 'lucide-react';
import {
  BookKey,
  Box,
  Boxes,
  Building2,
  ChartNoAxesColumn,
  ChartNoAxesGantt,
  Cloud,
  Component,
  Crosshair,
  Disc3,
  EthernetPort,
  FolderTree,
  Gauge,
  Ghost,
  Globe,
  HardDrive,
  KeyRound,
  Layers,
  LayoutGrid,
  ListChecks,
  Mails,
  MapPinned,
  Network,
  Route,
  Router,
  Server,
  Shield,
  ShieldCheck,
  SlidersHorizontal,
  Tags,
  Telescope,
  Timer,
  Unplug,
  User,
  UserPlus,
  Users,
  UsersRound,
  Waypoints,
  Webhook,
} from 'lucide-react';
import { paths } from '../paths.ts';
import type { Place } from './places.ts';

export type NavigationEntry = {
  label: string;
  href: string;
  icon: LucideIcon;
  /** Only this exact path is the entry's page; otherwise everything below belongs to it too. */
  isExact?: boolean;
};
export type NavigationGroup = { label?: string; entries: readonly NavigationEntry[] };

/** The groups of the rail for a project. */
function projectNavigation(project: string): readonly NavigationGroup[] {
  const at = { project };
  return [
    { entries: [{ label: 'Overview', href: paths.project(at), icon: LayoutGrid, isExact: true }] },
    {
      label: 'Compute',
      entries: [
        { label: 'Servers', href: paths.servers(at), icon: Server },
        { label: 'Images', href: paths.images(at), icon: Box },
        { label: 'Key pairs', href: paths.keyPairs(at), icon: KeyRound },
        { label: 'Server groups', href: paths.serverGroups(at), icon: Component },
      ],
    },
    {
      label: 'Network',
      entries: [
        { label: 'Topology', href: paths.topology(at), icon: Waypoints },
        { label: 'Networks', href: paths.networks(at), icon: Network },
        { label: 'Routers', href: paths.routers(at), icon: Router },
        { label: 'Floating IPs', href: paths.floatingIps(at), icon: Globe },
        { label: 'Ports', href: paths.ports(at), icon: EthernetPort },
        { label: 'Security groups', href: paths.securityGroups(at), icon: Shield },
        { label: 'QoS policies', href: paths.qosPolicies(at), icon: Timer },
        { label: 'Subnet pools', href: paths.subnetPools(at), icon: Layers },
        { label: 'Address scopes', href: paths.addressScopes(at), icon: Telescope },
        { label: 'Path check', href: paths.pathCheck(at), icon: Route },
      ],
    },
    {
      label: 'Project',
      entries: [
        { label: 'Members', href: paths.members(at), icon: Users },
        { label: 'Quotas', href: paths.quotas(at), icon: Gauge },
        { label: 'Webhooks', href: paths.webhooks(at), icon: Webhook },
        { label: 'Activity', href: paths.activity(at), icon: ChartNoAxesGantt },
        { label: 'Cost', href: paths.cost(at), icon: ChartNoAxesColumn },
      ],
    },
  ];
}

/** Who is in a domain and what they may do, for those who see or manage it. */
function domainNavigation(domain: string): NavigationGroup {
  const at = { domain };
  return {
    label: 'Identity',
    entries: [
      { label: 'Projects', href: paths.domainProjects(at), icon: FolderTree },
      { label: 'Users', href: paths.domainUsers(at), icon: User },
      { label: 'Groups', href: paths.domainGroups(at), icon: UsersRound },
      { label: 'Role assignments', href: paths.domainAssignments(at), icon: ShieldCheck },
      { label: 'Domain activity', href: paths.domainActivity(at), icon: ChartNoAxesGantt },
      { label: 'Cost of the domain', href: paths.domainCost(at), icon: ChartNoAxesColumn },
    ],
  };
}

/** What operators of the installation see besides. */
const operatorNavigation: NavigationGroup = {
  label: 'Operate',
  entries: [
    { label: 'Cloud', href: paths.cloud(), icon: Cloud, isExact: true },
    { label: 'Hosts', href: paths.hosts(), icon: HardDrive },
    { label: 'Zones', href: paths.zones(), icon: MapPinned },
    { label: 'Aggregates', href: paths.aggregates(), icon: Boxes },
    { label: 'Volume types', href: paths.volumeTypes(), icon: Disc3 },
    { label: 'Operations', href: paths.operations(), icon: ListChecks },
    { label: 'Placement', href: paths.placement(), icon: Crosshair },
    { label: 'Orphans', href: paths.orphans(), icon: Ghost },
    { label: 'Quota requests', href: paths.quotaRequests(), icon: Gauge },
    { label: 'Quota defaults', href: paths.quotaDefaults(), icon: SlidersHorizontal },
    { label: 'Cost of the cloud', href: paths.cloudCost(), icon: ChartNoAxesColumn },
    { label: 'Price lists', href: paths.priceLists(), icon: Tags },
    { label: 'Domains', href: paths.domains(), icon: Building2 },
    { label: 'Sign-up', href: paths.signUpPolicy(), icon: UserPlus },
    { label: 'Mail', href: paths.mail(), icon: Mails },
    { label: 'Roles', href: paths.roles(), icon: BookKey },
    { label: 'Catalog', href: paths.catalog(), icon: Unplug },
    { label: 'All activity', href: paths.systemActivity(), icon: ChartNoAxesGantt },
  ],
};

/**
 * The rail of a page: of its project or its domain, what the caller manages, and what operators see besides. In a project
 * the identity area is that of the project's domain, where the caller sees it. At a domain that they do not see the rail stays
 * that of the project they came from: it is the way back.
 */
export function navigationOf(user: CurrentUser | undefined, { project, domain }: Place): readonly NavigationGroup[] {
  const ofProject = user?.projects.find(({ id }) => id === project)?.domainId;
  const seen = user?.domains ?? [];
  const wanted = domain ?? ofProject;
  const shown = (seen.find(({ id }) => id === wanted) ?? seen[0])?.id;
  const isAtDomain = domain !== undefined && seen.some(({ id }) => id === domain);
  return [
    ...(project === undefined || isAtDomain ? [] : projectNavigation(project)),
    ...(shown === undefined ? [] : [domainNavigation(shown)]),
    ...(user?.systemRole ? [operatorNavigation] : []),
  ];
}

/** Whether `pathname` is the entry's page or below it. */
export function isCurrent(entry: NavigationEntry, pathname: string): boolean {
  return pathname === entry.href || (!entry.isExact && pathname.startsWith(`${entry.href}/`));
}

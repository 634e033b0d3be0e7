import type { Notification, NotificationNoun } from '@unkai/contracts/resources/notification';
import { paths } from '../paths.ts';

type About = Pick<Notification, 'resourceId' | 'projectId'>;

const inProject = ({ projectId }: About, path: (at: { project: string }) => string) =>
  projectId === null ? undefined : path({ project: projectId });

/** The page that a notification about each noun leads to; undefined where there is none. */
const pages: Record<NotificationNoun, (about: About) => string | undefined> = {
  server: (about) => {
    const { resourceId: server } = about;
    return inProject(about, (at) => (server === null ? paths.servers(at) : paths.serverActivity({ ...at, server })));
  },
  image: (about) => inProject(about, paths.images),
  network: (about) => inProject(about, paths.networks),
  webhook: (about) => {
    const { resourceId: webhook } = about;
    return inProject(about, (at) => (webhook === null ? paths.webhooks(at) : paths.webhook({ ...at, webhook })));
  },
  // Of a budget it is the place that is named.
  budget: (about) =>
    inProject(about, paths.cost) ??
    (about.resourceId === null ? undefined : paths.domainCost({ domain: about.resourceId })),
  invite: (about) =>
    inProject(about, paths.members) ??
    (about.resourceId === null ? undefined : paths.domainUsers({ domain: about.resourceId })),
  'quota-request': (about) => inProject(about, paths.quotas) ?? paths.quotaRequests(),
};

/** Where to look at what a notification is about. */
export const notificationHref = (told: About & Pick<Notification, 'noun'>): string | undefined =>
  pages[told.noun](told);

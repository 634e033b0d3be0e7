import { keystoneFault } from '../errors.ts';
import type { Route, Service } from '../service.ts';
import { accessRuleRoutes } from './access-rule.ts';
import { applicationCredentialRoutes } from './application-credential.ts';
import { authRoutes } from './auth.ts';
import { catalogRoutes } from './catalog.ts';
import { credentialRoutes } from './credential.ts';
import { domainRoutes } from './domain.ts';
import { ec2CredentialRoutes } from './ec2-credential.ts';
import { endpointFilterRoutes } from './endpoint-filter.ts';
import { grantRoutes } from './grant.ts';
import { groupRoutes } from './group.ts';
import { groupMemberRoutes } from './group-member.ts';
import { limitRoutes } from './limit.ts';
import { projectRoutes } from './project.ts';
import { projectTagRoutes } from './project-tag.ts';
import { roleRoutes } from './role.ts';
import { roleAssignmentRoutes } from './role-assignment.ts';
import { signedRequestRoutes } from './signed-request.ts';
import { trustRoutes } from './trust.ts';
import { userRoutes } from './user.ts';
import { versionRoutes } from './version.ts';

/** Some clients end the path of a list with a slash. */
function bothWays(routes: readonly Route[]): Route[] {
  return routes.flatMap((route) =>
    /[^/]$/.test(route.path) ? [route, { ...route, path: `${route.path}/` }] : [route],
  );
}

/** Identity, as OpenStack's Keystone speaks. */
export const keystone: Service = {
  prefix: '/identity',
  fault: keystoneFault,
  // Keystone forbids what the state of something does not allow.
  statuses: { wrong_state: 403, in_use: 403 },
  versions: null,
  routes: bothWays([
    ...versionRoutes,
    ...authRoutes,
    ...domainRoutes,
    ...projectRoutes,
    ...projectTagRoutes,
    ...userRoutes,
    ...groupRoutes,
    ...groupMemberRoutes,
    ...roleRoutes,
    ...grantRoutes,
    ...roleAssignmentRoutes,
    ...catalogRoutes,
    ...endpointFilterRoutes,
    ...limitRoutes,
    ...applicationCredentialRoutes,
    ...accessRuleRoutes,
    ...trustRoutes,
    ...credentialRoutes,
    ...ec2CredentialRoutes,
    ...signedRequestRoutes,
  ]),
};

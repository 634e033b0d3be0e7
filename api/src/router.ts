import { accessRuleRouter } from './resources/access-rule.ts';
import { addressScopeRouter } from './resources/address-scope.ts';
import { aggregateRouter } from './resources/aggregate.ts';
import { apiTokenRouter } from './resources/api-token.ts';
import { applicationCredentialRouter } from './resources/application-credential.ts';
import { auditRouter } from './resources/audit.ts';
import { availabilityZoneRouter } from './resources/availability-zone.ts';
import { budgetRouter } from './resources/budget.ts';
import { cloudRouter } from './resources/cloud.ts';
import { consoleSessionRouter } from './resources/console-session.ts';
import { credentialRouter } from './resources/credential.ts';
import { domainRouter } from './resources/domain.ts';
import { endpointRouter } from './resources/endpoint.ts';
import { flavorRouter } from './resources/flavor.ts';
import { floatingIpRouter } from './resources/floating-ip.ts';
import { groupRouter } from './resources/group.ts';
import { hostRouter } from './resources/host.ts';
import { identityLinkRouter } from './resources/identity-link.ts';
import { imageRouter } from './resources/image.ts';
import { imageMemberRouter } from './resources/image-member.ts';
import { inviteRouter } from './resources/invite.ts';
import { joinTokenRouter } from './resources/join-token.ts';
import { keyPairRouter } from './resources/key-pair.ts';
import { limitsRouter } from './resources/limits.ts';
import { mailRouter } from './resources/mail.ts';
import { memberRouter } from './resources/member.ts';
import { networkRouter } from './resources/network.ts';
import { notificationRouter } from './resources/notification.ts';
import { operationRouter } from './resources/operation.ts';
import { orphanRouter } from './resources/orphan.ts';
import { passwordResetRouter } from './resources/password-reset.ts';
import { pathCheckRouter } from './resources/path-check.ts';
import { placementRouter } from './resources/placement.ts';
import { portRouter } from './resources/port.ts';
import { priceListRouter } from './resources/price-list.ts';
import { projectRouter } from './resources/project.ts';
import { qosPolicyRouter } from './resources/qos-policy.ts';
import { quotaDefaultRouter } from './resources/quota-default.ts';
import { quotaRequestRouter } from './resources/quota-request.ts';
import { rbacPolicyRouter } from './resources/rbac-policy.ts';
import { regionRouter } from './resources/region.ts';
import { registeredLimitRouter } from './resources/registered-limit.ts';
import { roleRouter } from './resources/role.ts';
import { roleAssignmentRouter } from './resources/role-assignment.ts';
import { routerRouter } from './resources/router.ts';
import { searchRouter } from './resources/search.ts';
import { securityGroupRouter } from './resources/security-group.ts';
import { serverRouter } from './resources/server.ts';
import { serverGroupRouter } from './resources/server-group.ts';
import { serviceRouter } from './resources/service.ts';
import { serviceLimitRouter } from './resources/service-limit.ts';
import { sessionRouter } from './resources/session.ts';
import { signUpRouter } from './resources/sign-up.ts';
import { subnetRouter } from './resources/subnet.ts';
import { subnetPoolRouter } from './resources/subnet-pool.ts';
import { totpRouter } from './resources/totp.ts';
import { trustRouter } from './resources/trust.ts';
import { usageRouter } from './resources/usage.ts';
import { userRouter } from './resources/user.ts';
import { volumeTypeRouter } from './resources/volume-type.ts';
import { webhookRouter } from './resources/webhook.ts';
import { router } from './trpc.ts';

/** Every operation there is. The doors, the reference and the denial table are made from this. */
export const appRouter = router({
  session: sessionRouter,
  signUp: signUpRouter,
  passwordReset: passwordResetRouter,
  apiToken: apiTokenRouter,
  applicationCredential: applicationCredentialRouter,
  accessRule: accessRuleRouter,
  trust: trustRouter,
  credential: credentialRouter,
  totp: totpRouter,
  domain: domainRouter,
  project: projectRouter,
  user: userRouter,
  identityLink: identityLinkRouter,
  group: groupRouter,
  role: roleRouter,
  roleAssignment: roleAssignmentRouter,
  invite: inviteRouter,
  member: memberRouter,
  region: regionRouter,
  service: serviceRouter,
  endpoint: endpointRouter,
  registeredLimit: registeredLimitRouter,
  serviceLimit: serviceLimitRouter,
  flavor: flavorRouter,
  volumeType: volumeTypeRouter,
  availabilityZone: availabilityZoneRouter,
  image: imageRouter,
  imageMember: imageMemberRouter,
  keyPair: keyPairRouter,
  network: networkRouter,
  subnet: subnetRouter,
  port: portRouter,
  router: routerRouter,
  floatingIp: floatingIpRouter,
  securityGroup: securityGroupRouter,
  qosPolicy: qosPolicyRouter,
  subnetPool: subnetPoolRouter,
  addressScope: addressScopeRouter,
  rbacPolicy: rbacPolicyRouter,
  server: serverRouter,
  serverGroup: serverGroupRouter,
  consoleSession: consoleSessionRouter,
  operation: operationRouter,
  notification: notificationRouter,
  webhook: webhookRouter,
  audit: auditRouter,
  limits: limitsRouter,
  quotaDefault: quotaDefaultRouter,
  usage: usageRouter,
  budget: budgetRouter,
  priceList: priceListRouter,
  quotaRequest: quotaRequestRouter,
  search: searchRouter,
  pathCheck: pathCheckRouter,
  cloud: cloudRouter,
  placement: placementRouter,
  orphan: orphanRouter,
  mail: mailRouter,
  host: hostRouter,
  aggregate: aggregateRouter,
  joinToken: joinTokenRouter,
});

export type AppRouter = typeof appRouter;

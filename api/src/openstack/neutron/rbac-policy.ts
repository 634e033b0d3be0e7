import { type RbacObjectType, type RbacPolicy, rbacAction } from '@unkai/contracts/resources/rbac-policy';
import { searchRbacPolicies } from '@unkai/core/store/rbac-policy';
import { refuseField } from '@unkai/core/store/refusal';
import { z } from 'zod';
import type { Answer, Asked, Operations, Route } from '../service.ts';
import { onlyFields } from './collection.ts';
import { listRoute } from './list.ts';

/** What is shared, by its name there. */
const types = {
  network: 'network',
  qos_policy: 'qos-policy',
  subnetpool: 'subnet-pool',
  address_scope: 'address-scope',
  security_group: 'security-group',
} as const satisfies Record<string, RbacObjectType>;
const objectType = z.enum(['network', 'qos_policy', 'subnetpool', 'address_scope', 'security_group']);

const target = { target_tenant: z.string().optional(), target_project: z.string().optional() };
const newPolicy = z.strictObject({
  rbac_policy: z.strictObject({
    ...target,
    object_type: objectType,
    object_id: z.string(),
    action: rbacAction,
    tenant_id: z.string().optional(),
    project_id: z.string().optional(),
  }),
});
const policyChange = z.strictObject({ rbac_policy: z.strictObject(target) });

/** `*` is all. Throws `invalid_input` where none is named. */
function targetOf({ target_tenant: tenant, target_project: project = tenant }: z.infer<z.ZodObject<typeof target>>) {
  if (project === undefined)
    throw refuseField('target_tenant', 'is needed', 'Send the id of a project, or "*" for all.');
  return project === '*' ? null : project;
}

function policyView(policy: RbacPolicy) {
  const { id, projectId, action, objectId, targetProjectId } = policy;
  const all = targetProjectId ?? '*';
  return {
    id,
    action,
    object_id: objectId,
    tenant_id: projectId,
    project_id: projectId,
    object_type: objectType.options.find((there) => types[there] === policy.objectType) ?? 'network',
    target_tenant: all,
    target_project: all,
  };
}

/** The project of what is to be shared, as far as the caller may know of it. */
const owners: Readonly<Record<RbacObjectType, (by: Operations, id: string) => Promise<{ projectId: string }>>> = {
  network: ({ network }, id) => network.get({ id }),
  'qos-policy': ({ qosPolicy }, id) => qosPolicy.get({ id }),
  'subnet-pool': ({ subnetPool }, id) => subnetPool.get({ id }),
  'address-scope': ({ addressScope }, id) => addressScope.get({ id }),
  'security-group': ({ securityGroup }, id) => securityGroup.get({ id }),
};

const policyId = (asked: Asked) => asked.id('rbac', 'rbac-policy');

const list = listRoute({
  plural: 'rbac_policies',
  permission: 'rbac-policy:read',
  fields: {
    id: 'id',
    project_id: 'projectId',
    tenant_id: 'projectId',
    action: 'action',
    object_type: 'objectType',
    object_id: 'objectId',
    target_tenant: 'targetProjectId',
    target_project: 'targetProjectId',
  },
  values: {
    objectType: (value) => (Object.hasOwn(types, value) ? types[objectType.parse(value)] : value),
    targetProjectId: (value) => (value === '*' ? '' : value),
  },
  search: searchRbacPolicies,
  view: policyView,
});

async function show(asked: Asked): Promise<Answer> {
  const view = policyView(await asked.operations.rbacPolicy.get({ id: policyId(asked) }));
  return { status: 200, body: { rbac_policy: onlyFields(view, asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { rbac_policy: wanted } = await asked.body(newPolicy);
  const type = types[wanted.object_type];
  const { projectId } = await owners[type](asked.operations, wanted.object_id);
  const made = await asked.operations.rbacPolicy.create({
    projectId,
    objectType: type,
    objectId: wanted.object_id,
    action: wanted.action,
    targetProjectId: targetOf(wanted),
  });
  return { status: 201, body: { rbac_policy: policyView(made) } };
}

async function update(asked: Asked): Promise<Answer> {
  const id = policyId(asked);
  const { rbac_policy: wanted } = await asked.body(policyChange);
  const changed = await asked.operations.rbacPolicy.update({ id, targetProjectId: targetOf(wanted) });
  return { status: 200, body: { rbac_policy: policyView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.rbacPolicy.delete({ id: policyId(asked) });
  return { status: 204 };
}

/** Who besides its own project may use something. */
export const rbacPolicyRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/rbac-policies', answer: list },
  { method: 'POST', path: '/v2.0/rbac-policies', answer: create },
  { method: 'GET', path: '/v2.0/rbac-policies/:rbac', answer: show },
  { method: 'PUT', path: '/v2.0/rbac-policies/:rbac', answer: update },
  { method: 'DELETE', path: '/v2.0/rbac-policies/:rbac', answer: remove },
];

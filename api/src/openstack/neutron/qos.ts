import { description, flag } from '@unkai/contracts/primitives';
import {
  dscpMarks,
  mostKilobits,
  type QosPolicy,
  type QosRule,
  type QosRuleKind,
  type QosRuleSaid,
  qosDirection,
} from '@unkai/contracts/resources/qos-policy';
import { allows, notFound } from '@unkai/core/access';
import { searchQosPolicies } from '@unkai/core/store/qos-policy';
import { z } from 'zod';
import type { Answer, Asked, Route } from '../service.ts';
import { listAnswer, onlyFields, placeOf } from './collection.ts';
import { listRoute, standardFields } from './list.ts';
import { nameOf } from './network.ts';
import { owned } from './view.ts';

const common = {
  name: z.string().optional(),
  description: description.optional(),
  shared: flag.optional(),
  is_default: flag.optional(),
};
const newPolicy = z.strictObject({
  policy: z.strictObject({ ...common, tenant_id: z.string().optional(), project_id: z.string().optional() }),
});
const policyChange = z.strictObject({ policy: z.strictObject(common) });

/** What both a new policy and a change may say, in our words. */
function saidOf({ description: words, shared, is_default: isDefault }: z.infer<typeof policyChange>['policy']) {
  return {
    ...(words !== undefined && { description: words }),
    ...(shared !== undefined && { isShared: shared }),
    ...(isDefault !== undefined && { isDefault }),
  };
}

function policyView(policy: QosPolicy) {
  const { id, name, description: words, tags, isShared, isDefault, rules } = policy;
  return {
    id,
    name,
    description: words,
    tags,
    ...owned(policy),
    shared: isShared,
    is_default: isDefault,
    rules: rules.map((rule) => ({ ...ruleView(rule), qos_policy_id: id, type: kinds[rule.kind].type })),
  };
}

const policyId = (asked: Asked) => asked.id('policy', 'qos-policy');

const list = listRoute({
  plural: 'policies',
  permission: 'qos-policy:read',
  fields: { ...standardFields, name: 'name', shared: 'isShared', is_default: 'isDefault' },
  search: searchQosPolicies,
  view: policyView,
});

async function show(asked: Asked): Promise<Answer> {
  const view = policyView(await asked.operations.qosPolicy.get({ id: policyId(asked) }));
  return { status: 200, body: { policy: onlyFields(view, asked.query) } };
}

async function create(asked: Asked): Promise<Answer> {
  const { policy } = await asked.body(newPolicy);
  const said = { projectId: placeOf(asked, policy), name: nameOf(policy.name), ...saidOf(policy) };
  return { status: 201, body: { policy: policyView(await asked.operations.qosPolicy.create(said)) } };
}

async function update(asked: Asked): Promise<Answer> {
  const id = policyId(asked);
  const { policy } = await asked.body(policyChange);
  const name = policy.name === undefined ? {} : { name: nameOf(policy.name) };
  const changed = await asked.operations.qosPolicy.update({ id, ...name, ...saidOf(policy) });
  return { status: 200, body: { policy: policyView(changed) } };
}

async function remove(asked: Asked): Promise<Answer> {
  await asked.operations.qosPolicy.delete({ id: policyId(asked) });
  return { status: 204 };
}

/** A number, also as clients that take it from a command line send it. */
const wholeNumber = z.coerce.number().int().optional();
const direction = qosDirection.optional();

interface Kind {
  /** As Neutron calls it; its collection is named after it. */
  readonly type: string;
  /** What is sent of such a rule, in our words. */
  readonly body: z.ZodType<QosRuleSaid>;
  readonly view: (rule: QosRule) => object;
  /** What its fields may be, for those who ask what rules there are. */
  readonly parameters: ReadonlyArray<{ name: string; type: 'choices' | 'range'; values: unknown }>;
}

const kinds: Readonly<Record<QosRuleKind, Kind>> = {
  'bandwidth-limit': {
    type: 'bandwidth_limit',
    body: z
      .strictObject({
        bandwidth_limit_rule: z.strictObject({ max_kbps: wholeNumber, max_burst_kbps: wholeNumber, direction }),
      })
      .transform(({ bandwidth_limit_rule: { max_kbps: most, max_burst_kbps: burst, ...rest } }) => ({
        ...rest,
        kilobitsPerSecond: most,
        burstKilobits: burst,
      })),
    view: ({ kilobitsPerSecond: most, burstKilobits: burst, direction: way }) => ({
      max_kbps: most,
      max_burst_kbps: burst,
      direction: way,
    }),
    parameters: [
      { name: 'max_kbps', type: 'range', values: { start: 1, end: mostKilobits } },
      { name: 'max_burst_kbps', type: 'range', values: { start: 0, end: mostKilobits } },
      { name: 'direction', type: 'choices', values: qosDirection.options },
    ],
  },
  'dscp-marking': {
    type: 'dscp_marking',
    body: z
      .strictObject({ dscp_marking_rule: z.strictObject({ dscp_mark: wholeNumber }) })
      .transform(({ dscp_marking_rule: { dscp_mark: dscpMark } }) => ({ dscpMark })),
    view: ({ dscpMark }) => ({ dscp_mark: dscpMark }),
    parameters: [{ name: 'dscp_mark', type: 'choices', values: dscpMarks }],
  },
  'minimum-bandwidth': {
    type: 'minimum_bandwidth',
    body: z
      .strictObject({ minimum_bandwidth_rule: z.strictObject({ min_kbps: wholeNumber, direction }) })
      .transform(({ minimum_bandwidth_rule: { min_kbps: kilobitsPerSecond, ...rest } }) => ({
        ...rest,
        kilobitsPerSecond,
      })),
    view: ({ kilobitsPerSecond: least, direction: way }) => ({ min_kbps: least, direction: way }),
    parameters: [
      { name: 'min_kbps', type: 'range', values: { start: 1, end: mostKilobits } },
      { name: 'direction', type: 'choices', values: qosDirection.options },
    ],
  },
};

const ruleView = (rule: QosRule) => ({ id: rule.id, ...kinds[rule.kind].view(rule) });

/** The rules of one kind, which have a collection of their own below each policy. */
function rulesOf(kind: QosRuleKind): Route[] {
  const { type, body } = kinds[kind];
  const at = `/v2.0/qos/policies/:policy/${type}_rules`;
  const named = (rule: QosRule, status: number): Answer => ({ status, body: { [`${type}_rule`]: ruleView(rule) } });
  const ruleId = (asked: Asked) => asked.id('rule', 'qos-rule');
  const ownRules = async ({ operations }: Asked, id: string) =>
    (await operations.qosPolicy.get({ id })).rules.filter((rule) => rule.kind === kind);
  const ownRule = async (asked: Asked) => {
    const id = ruleId(asked);
    const rule = (await ownRules(asked, policyId(asked))).find((each) => each.id === id);
    if (rule === undefined) throw notFound('qos-rule', id);
    return rule;
  };
  const listOwn = async (asked: Asked) =>
    listAnswer(asked, `${type}_rules`, (await ownRules(asked, policyId(asked))).map(ruleView));
  return [
    { method: 'GET', path: at, answer: listOwn },
    {
      method: 'POST',
      path: at,
      async answer(asked) {
        const qosPolicyId = policyId(asked);
        const said = await asked.body(body);
        return named(await asked.operations.qosPolicy.createRule({ qosPolicyId, kind, ...said }), 201);
      },
    },
    { method: 'GET', path: `${at}/:rule`, answer: async (asked) => named(await ownRule(asked), 200) },
    {
      method: 'PUT',
      path: `${at}/:rule`,
      async answer(asked) {
        const { id } = await ownRule(asked);
        const said = await asked.body(body);
        return named(await asked.operations.qosPolicy.updateRule({ qosPolicyId: policyId(asked), id, ...said }), 200);
      },
    },
    {
      method: 'DELETE',
      path: `${at}/:rule`,
      async answer(asked) {
        const { id } = await ownRule(asked);
        await asked.operations.qosPolicy.deleteRule({ qosPolicyId: policyId(asked), id });
        return { status: 204 };
      },
    },
  ];
}

const allKinds = Object.values(kinds);

const listTypes = (): Answer => ({ status: 200, body: { rule_types: allKinds.map(({ type }) => ({ type })) } });

/** Who sees to it is for operators. */
function showType({ call, param }: Asked): Answer {
  const kind = allKinds.find(({ type }) => type === param('type'));
  if (kind === undefined) throw notFound('rule-type', param('type'));
  const supported_parameters = kind.parameters.map(({ name, type, values }) => ({
    parameter_name: name,
    parameter_type: type,
    parameter_values: values,
  }));
  const isOperator = allows(call.actor, 'host:read', null);
  const drivers = isOperator ? { drivers: [{ name: 'openvswitch', supported_parameters }] } : {};
  return { status: 200, body: { rule_type: { type: kind.type, ...drivers } } };
}

/** Policies of bandwidth, each with its rules, kind by kind. */
export const qosRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2.0/qos/policies', answer: list },
  { method: 'POST', path: '/v2.0/qos/policies', answer: create },
  { method: 'GET', path: '/v2.0/qos/policies/:policy', answer: show },
  { method: 'PUT', path: '/v2.0/qos/policies/:policy', answer: update },
  { method: 'DELETE', path: '/v2.0/qos/policies/:policy', answer: remove },
  ...rulesOf('bandwidth-limit'),
  ...rulesOf('dscp-marking'),
  ...rulesOf('minimum-bandwidth'),
  { method: 'GET', path: '/v2.0/qos/rule-types', answer: listTypes },
  { method: 'GET', path: '/v2.0/qos/rule-types/:type', answer: showType },
];

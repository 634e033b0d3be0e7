'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/trpc.tsx';
import { policyWords } from '#resources/qos-policy.ts';
import { Select } from '#ui/select.tsx';

type QosPolicyChoiceProps = {
  project: string;
  value: string | null;
  onChange: (qosPolicyId: string | null) => void;
  /** What it has with none of its own. */
  none: string;
};

/** The policies that the project may use, and the one of them that new networks get. */
export function useQosPolicies(project: string) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.qosPolicy.list.queryOptions({ projectId: project, limit: 1000 }));
  const policies = data?.items ?? [];
  const ofNewNetworks = policies.find(({ projectId, isDefault }) => projectId === project && isDefault);
  return { policies, ofNewNetworks: ofNewNetworks?.id ?? null };
}

/** The policy of a network or a port: one of those that the project may use. */
export function QosPolicyChoice({ project, value, onChange, none }: QosPolicyChoiceProps) {
  const { policies } = useQosPolicies(project);
  const isKnown = value === null || policies.some(({ id }) => id === value);
  return (
    <Select
      label="QoS policy"
      name="qosPolicyId"
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      options={[
        { value: '', label: none },
        // One that an operator gave is not among those of the project.
        ...(isKnown ? [] : [{ value, label: 'given by an operator' }]),
        ...policies.map((policy) => ({ value: policy.id, label: `${policy.name}: ${policyWords(policy)}` })),
      ]}
    />
  );
}

'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { ownPrefix } from '#resources/ssh-rule.ts';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { useToast } from '#ui/toast.tsx';
import { CreateForm } from './create-form.tsx';

type AllowSshProps = { group: Pick<SecurityGroup, 'id' | 'name' | 'projectId'>; onClose: () => void };

const ssh = { direction: 'ingress', protocol: 'tcp', portMin: 22, portMax: 22 } as const;

/** Adds the rule that lets TCP port 22 in to every server of a security group. */
export function SecurityGroupAllowSsh({ group, onClose }: AllowSshProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const own = ownPrefix(useQuery(trpc.session.current.queryOptions()).data?.address);
  const [written, setRemotePrefix] = useState<string>();
  const remotePrefix = written ?? own ?? '0.0.0.0/0';
  const create = useMutation(
    trpc.securityGroup.createRule.mutationOptions({
      onSuccess: () => {
        toast({ tone: 'ok', title: `${group.name} lets SSH in` });
        void queryClient.invalidateQueries({ queryKey: trpc.securityGroup.pathKey() });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Allow SSH"
      description={`Adds a rule to the security group ${group.name}: it holds for every server in that group, at once.`}
    >
      <CreateForm
        of={{ project: group.projectId }}
        needs={{ securityGroupRules: 1 }}
        label="Allow SSH"
        submitLabel="Allow SSH"
        onCancel={onClose}
        pending={create.isPending}
        submitError={create.error ? problemOf(create.error) : undefined}
        onSubmit={() => create.mutate({ ...ssh, securityGroupId: group.id, remotePrefix: remotePrefix.trim() })}
      >
        <Field
          label="From"
          name="remotePrefix"
          value={remotePrefix}
          onChange={setRemotePrefix}
          isMono
          help={`${own === undefined ? '' : `Your address is ${own}. `}0.0.0.0/0 is anywhere; one address is written as 203.0.113.7/32.`}
        />
      </CreateForm>
    </Dialog>
  );
}

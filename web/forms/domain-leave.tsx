'use client';
import { useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { Button } from '#ui/button.tsx';
import { paths } from '../paths.ts';
import { IdentityConfirm } from './identity-confirm.tsx';

/** Gives one's role on the domain up. */
export function DomainLeave({ domain }: { domain: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const isIn = user === undefined || user.domains.some(({ id }) => id === domain);
  return (
    <>
      <Button
        icon={<DoorOpen aria-hidden size={15} />}
        disabledReason={isIn ? undefined : 'You have no role here that you could give up.'}
        onClick={() => setAsking(true)}
      >
        Leave domain
      </Button>
      {isAsking && (
        <IdentityConfirm
          title="Leave this domain?"
          description="Your role on the domain itself ends at once. Roles in its projects, and your account, stay."
          action="Leave domain"
          done="You have left the domain"
          change={() => client.member.leaveDomain.mutate({ id: domain })}
          onDone={() => router.push(paths.home())}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

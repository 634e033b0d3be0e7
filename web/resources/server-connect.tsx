'use client';
import { useQuery } from '@tanstack/react-query';
import type { SecurityGroup } from '@unkai/contracts/resources/security-group';
import { type Server, serverCan, serverStates } from '@unkai/contracts/resources/server';
import { SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { SecurityGroupAllowSsh } from '#forms/security-group-allow-ssh.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Panel } from '#ui/panel.tsx';
import { StateBadge, type Tone } from '#ui/state-badge.tsx';
import { paths } from '../paths.ts';
import { useDenial } from './project.ts';
import { foreignReason, remoteWords } from './security-group.ts';
import { sshRule } from './ssh-rule.ts';

/** How to log in: the exact command for this image's user, and whether port 22 lets it through. */
export function ServerConnect({ project, server }: { project: string; server: Server }) {
  const outside = server.addresses.find(({ floatingAddress }) => floatingAddress !== null)?.floatingAddress;
  const address = outside ?? server.addresses[0]?.address;
  const user = server.image?.loginUser ?? 'root';
  return (
    <Panel
      title="Connect"
      aside={
        <ButtonLink
          href={paths.serverConsole({ project, server: server.id })}
          variant="quiet"
          icon={<SquareTerminal aria-hidden size={15} />}
        >
          Open console
        </ButtonLink>
      }
    >
      <div className="grid gap-3 wrap-anywhere">
        {address ? (
          <CodeBlock code={`ssh ${user}@${address}`} label="SSH command" />
        ) : (
          <p className="text-ink-muted text-table">
            The command to log in stands here as soon as the server has an address.
          </p>
        )}
        {address && <ReachNote project={project} server={server} />}
        {address && <PathNote project={project} server={server} />}
        {server.keyPairNames.length === 0 && (
          <p className="text-ink-muted text-table">
            No key pair was chosen when it was made: log in through the console, or make a new server with a key pair.
          </p>
        )}
      </div>
    </Panel>
  );
}

function ReachNote({ project, server }: { project: string; server: Server }) {
  const { tone, word, detail, closedGroup } = useReach(project, server);
  const denial = useDenial(project)('security-group:update');
  const [isAllowing, setAllowing] = useState(false);
  return (
    <div className="grid gap-1 text-table">
      <StateBadge tone={tone} word={word} />
      <p className="text-ink-muted">{detail}</p>
      {closedGroup && (
        <div className="pt-1">
          <Button disabledReason={denial ?? foreignReason(project, closedGroup)} onClick={() => setAllowing(true)}>
            Allow SSH
          </Button>
        </div>
      )}
      {isAllowing && closedGroup && <SecurityGroupAllowSsh group={closedGroup} onClose={() => setAllowing(false)} />}
    </div>
  );
}

/** What else than the rules of its ports stands between the internet and SSH on it. */
function PathNote({ project, server }: { project: string; server: Server }) {
  const trpc = useTRPC();
  const asked = { from: 'internet', to: server.id, protocol: 'tcp' } as const;
  const { data } = useQuery(
    trpc.pathCheck.explain.queryOptions(
      { projectId: project, ...asked, port: 22 },
      { enabled: serverCan.console(server) },
    ),
  );
  const obstacle = data?.steps.find(({ verdict, mend }) => verdict === 'stops' && mend?.kind !== 'rule');
  return (
    <div className="grid gap-1 text-table">
      {obstacle && (
        <p className="text-ink-muted">
          {obstacle.title}: {obstacle.detail} {obstacle.next}
        </p>
      )}
      <p>
        <Link
          href={paths.pathCheck({ project, ...asked, port: '22' })}
          className="text-accent-ink underline-offset-4 hover:underline"
        >
          Check the path step by step
        </Link>
      </p>
    </div>
  );
}

type Reach = {
  tone: Tone;
  word: string;
  detail: string;
  /** The group that a rule for port 22 could be added to. */
  closedGroup?: SecurityGroup | undefined;
};

function useReach(project: string, server: Server): Reach {
  const trpc = useTRPC();
  const ports = useQuery(trpc.port.list.queryOptions({ projectId: project, serverId: server.id, limit: 1000 }));
  const groups = useQuery(trpc.securityGroup.list.queryOptions({ projectId: project, limit: 1000 }));
  if (!serverCan.console(server)) {
    return { tone: 'idle', word: 'Not reachable now', detail: serverStates[server.state] };
  }
  const error = ports.error ?? groups.error;
  if (error) return { tone: 'idle', word: 'Not known', detail: problemOf(error).title };
  if (!ports.data || !groups.data) return { tone: 'idle', word: 'Checking', detail: 'Reading the rules of its ports.' };
  const ids = new Set(ports.data.items.flatMap(({ securityGroupIds }) => securityGroupIds));
  const attached = groups.data.items.filter(({ id }) => ids.has(id));
  const rule = sshRule(attached);
  const names = attached.map(({ name }) => name).join(', ') || 'none';
  if (!rule) {
    return {
      tone: 'warn',
      word: 'Port 22 is closed',
      detail: `No rule of its security groups (${names}) lets TCP port 22 in.`,
      closedGroup: attached.find(({ projectId }) => projectId === project) ?? attached[0],
    };
  }
  const from = remoteWords(rule, groups.data.items);
  if (!server.firstMetadataAt) {
    return {
      tone: 'busy',
      word: 'Port 22 is open',
      detail: `Open for ${from}. The guest has not asked for its metadata yet, so its key may not be installed.`,
    };
  }
  return {
    tone: 'ok',
    word: 'Port 22 is open',
    detail: `Open for ${from}.`,
  };
}

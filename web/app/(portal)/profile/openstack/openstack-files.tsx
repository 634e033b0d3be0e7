'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CurrentUser } from '@unkai/contracts/resources/session';
import { Bot, FolderOpen } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { problemOf } from '#client/problem.ts';
import { useTRPC } from '#client/trpc.tsx';
import { FileToKeep } from '#resources/file-to-keep.tsx';
import { authUrlOf, cloudsYaml, openrc, type PasswordLogin, standardAuthUrlOf } from '#resources/openstack-files.ts';
import { PickProject } from '#resources/pick-named.tsx';
import { useRecentProject } from '#shell/recent-project.ts';
import { ButtonLink } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { CopyButton } from '#ui/copy.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Facts, Panel } from '#ui/panel.tsx';
import { ErrorState } from '#ui/problem.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { useOrigin } from '#ui/use-origin.ts';
import { paths } from '../../../../paths.ts';

/** The files that lead OpenStack's clients into a project. */
export function OpenstackFiles() {
  const trpc = useTRPC();
  const user = useQuery(trpc.session.current.queryOptions());
  const totp = useQuery(trpc.totp.get.queryOptions());
  const origin = useOrigin();
  const error = user.error ?? totp.error;
  const retry = () => void Promise.all([user.refetch(), totp.refetch()]);
  if (error) return <ErrorState problem={problemOf(error)} onRetry={retry} />;
  if (!user.data || !totp.data || origin === undefined) return <Skeleton className="h-80" />;
  if (user.data.projects.length === 0) {
    return (
      <EmptyState
        icon={<FolderOpen aria-hidden size={18} />}
        title="You are in no project yet"
        purpose="OpenStack’s clients work inside a project. Ask someone who administers this cloud to give you a role in one."
      />
    );
  }
  return (
    <div className="grid grid-cols-1 gap-4">
      {user.data.hasPassword ? (
        <Files user={user.data} asksForCode={totp.data.isEnabled} origin={origin} />
      ) : (
        <NoPassword />
      )}
      <Addresses origin={origin} />
    </div>
  );
}

type FilesProps = { user: CurrentUser; asksForCode: boolean; origin: string };

function Files({ user, asksForCode, origin }: FilesProps) {
  const trpc = useTRPC();
  const recent = useRecentProject();
  const [chosen, setChosen] = useState<string>();
  const own = user.projects.find(({ id }) => id === (chosen ?? recent)) ?? user.projects[0];
  const asked = trpc.project.get.queryOptions({ id: chosen ?? '' }, { enabled: chosen !== undefined });
  const { data: other } = useQuery({ ...asked, placeholderData: keepPreviousData });
  const project = chosen === undefined ? own : (other ?? own);
  if (!project) return null;
  const login: PasswordLogin = {
    authUrl: authUrlOf(origin),
    userName: user.name,
    userDomain: user.domainName,
    asksForCode,
    project: project.name,
    projectDomain: project.domainName,
  };
  return (
    <>
      <div className="max-w-md">
        <PickProject
          label="Project"
          name="project"
          placeholder="Choose a project"
          value={{ id: project.id, label: project.name }}
          onChange={({ id }) => setChosen(id)}
        />
      </div>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Panel title="openrc" note="for bash">
          <div className="grid grid-cols-1 gap-3">
            <OpenrcNote asksForCode={asksForCode} />
            <FileToKeep name="openrc" label="openrc" text={openrc(login)} />
          </div>
        </Panel>
        <Panel title="clouds.yaml" note="for every client">
          <div className="grid grid-cols-1 gap-3">
            <CloudsNote asksForCode={asksForCode} />
            {!asksForCode && <FileToKeep name="clouds.yaml" label="clouds.yaml" text={cloudsYaml(login)} />}
          </div>
        </Panel>
      </div>
    </>
  );
}

/** A file that asks for a password is of no use to who has none. */
function NoPassword() {
  return (
    <EmptyState
      icon={<Bot aria-hidden size={18} />}
      title="Your account has no password"
      purpose="OpenStack’s clients sign in with an application credential instead: its files hold a secret of their own."
      action={
        <ButtonLink variant="primary" href={paths.profileApplicationCredentials()}>
          Application credentials
        </ButtonLink>
      }
    />
  );
}

function OpenrcNote({ asksForCode }: { asksForCode: boolean }) {
  return (
    <>
      <p className="text-ink-muted text-table">
        It holds no password: it asks for yours{asksForCode && ' and a one-time code'} when you source it.
        {asksForCode && ' What you then have lasts for an hour.'}
      </p>
      <CodeBlock code={'source openrc\nopenstack server list'} label="Command" />
    </>
  );
}

function CloudsNote({ asksForCode }: { asksForCode: boolean }) {
  const toCredentials = (
    <Link href={paths.profileApplicationCredentials()} className="text-accent-ink underline underline-offset-4">
      application credential
    </Link>
  );
  if (asksForCode) {
    return (
      <p className="text-ink-muted text-table">
        Your account asks for one-time codes, and each command would need a new one. Make an {toCredentials}: the
        clouds.yaml that comes with it needs neither password nor code.
      </p>
    );
  }
  return (
    <>
      <p className="text-ink-muted text-table">
        The client asks for your password. For programs make an {toCredentials}, whose file holds a secret of its own.
      </p>
      <CodeBlock code="openstack --os-cloud unkai server list" label="Command" />
    </>
  );
}

function Addresses({ origin }: { origin: string }) {
  const authUrl = authUrlOf(origin);
  return (
    <Panel title="Where clients sign in">
      <Facts
        facts={[
          {
            name: 'auth_url',
            value: (
              <span className="inline-flex max-w-full items-center gap-1">
                <code className="numeric break-all">{authUrl}</code>
                <CopyButton text={authUrl} what="auth_url" />
              </span>
            ),
          },
          {
            name: 'Standard port',
            value: (
              <>
                <code className="numeric break-all">{standardAuthUrlOf(origin)}</code>, where this cloud was started
                with <code className="numeric">--standard-ports</code>
              </>
            ),
          },
          { name: 'Other services', value: 'The catalog leads on from there; nothing else needs an address.' },
        ]}
      />
    </Panel>
  );
}

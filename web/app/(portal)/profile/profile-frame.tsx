'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTRPC } from '#client/trpc.tsx';
import { profilePages } from '#shell/profile-pages.ts';
import { PageHeader, summarySkeleton } from '#ui/page-header.tsx';
import { TabLinks } from '#ui/tabs.tsx';

/** Head and tabs around the pages of one's own account. */
export function ProfileFrame({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  return (
    <>
      <PageHeader title="Profile" summary={user ? `${user.name} · domain ${user.domainName}` : summarySkeleton} />
      <TabLinks label="Profile" tabs={profilePages} />
      {children}
    </>
  );
}

'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type Event, event } from '@unkai/contracts/events';
import { useEffect, useSyncExternalStore } from 'react';
import { paths } from '../paths.ts';
import { useTRPC } from './trpc.tsx';

export type LiveState = 'connecting' | 'live' | 'offline';

let liveState: LiveState = 'connecting';
const listeners = new Set<() => void>();
function setLiveState(state: LiveState): void {
  liveState = state;
  for (const tell of listeners) tell();
}

/** Whether changes arrive by themselves at this moment. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => liveState,
    () => 'connecting',
  );
}

/**
 * Listens to the project's events and lets the queries that show the changed noun ask again. Events of one burst are
 * gathered, so that fifty creates cost one question, not fifty.
 */
export function useLiveProject(project: string | undefined): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    if (project === undefined) return;
    const keys = keysOf(trpc);
    const changed = new Set<Event['noun']>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      for (const noun of changed) {
        for (const queryKey of keys[noun] ?? []) void queryClient.invalidateQueries({ queryKey });
      }
      void queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() });
      // Whatever changed may have opened a way, or closed it.
      void queryClient.invalidateQueries({ queryKey: trpc.pathCheck.pathKey() });
      changed.clear();
    };
    const source = new EventSource(paths.apiEvents({ project }));
    source.onopen = () => {
      // What changed after it was asked for and before anybody listened is asked for once: at first, and after a break.
      void queryClient.invalidateQueries();
      setLiveState('live');
    };
    source.onerror = () => {
      // The API ends the stream of those who may not read it any more: that is asked for once.
      if (liveState === 'live') void queryClient.invalidateQueries({ queryKey: trpc.session.pathKey() });
      setLiveState('offline');
    };
    source.onmessage = (message) => {
      const told = event.safeParse(parseJson(message.data));
      if (!told.success) return;
      changed.add(told.data.noun);
      timer ??= setTimeout(flush, 60);
    };
    return () => {
      clearTimeout(timer);
      source.close();
      setLiveState('connecting');
    };
  }, [project, queryClient, trpc]);
}

/** The queries that show each noun. */
function keysOf(trpc: ReturnType<typeof useTRPC>): Partial<Record<Event['noun'], readonly (readonly unknown[])[]>> {
  const ports = [trpc.port.pathKey(), trpc.network.pathKey(), trpc.securityGroup.pathKey()];
  return {
    // A server brings its ports, and they are counted where they are.
    server: [trpc.server.pathKey(), trpc.limits.pathKey(), ...ports],
    operation: [trpc.operation.pathKey()],
    notification: [trpc.notification.pathKey()],
    image: [trpc.image.pathKey(), trpc.limits.pathKey()],
    network: [trpc.network.pathKey(), trpc.limits.pathKey()],
    subnet: [trpc.network.pathKey(), trpc.subnet.pathKey(), trpc.limits.pathKey()],
    port: [...ports, trpc.limits.pathKey()],
    'key-pair': [trpc.keyPair.pathKey()],
    router: [trpc.router.pathKey(), trpc.network.pathKey(), trpc.limits.pathKey()],
    'floating-ip': [trpc.floatingIp.pathKey(), trpc.server.pathKey(), trpc.limits.pathKey()],
    'security-group': [trpc.securityGroup.pathKey(), trpc.limits.pathKey()],
    'qos-policy': [trpc.qosPolicy.pathKey(), trpc.limits.pathKey()],
    'subnet-pool': [trpc.subnetPool.pathKey(), trpc.limits.pathKey()],
    'address-scope': [trpc.addressScope.pathKey(), trpc.limits.pathKey()],
    // What is shared is among what the project may use, whatever it is.
    'rbac-policy': [
      ...[trpc.rbacPolicy.pathKey(), trpc.network.pathKey(), trpc.qosPolicy.pathKey()],
      ...[trpc.subnetPool.pathKey(), trpc.addressScope.pathKey(), trpc.securityGroup.pathKey()],
    ],
    'server-group': [trpc.serverGroup.pathKey(), trpc.limits.pathKey()],
    'quota-request': [trpc.quotaRequest.pathKey(), trpc.limits.pathKey()],
    budget: [trpc.budget.pathKey()],
    webhook: [trpc.webhook.pathKey(), trpc.limits.pathKey()],
    host: [trpc.host.pathKey()],
    // What the reader may do has changed, or may have.
    project: [trpc.session.pathKey(), trpc.project.pathKey()],
    invite: [trpc.invite.pathKey(), trpc.limits.pathKey()],
    'role-assignment': [trpc.session.pathKey(), trpc.project.pathKey(), trpc.roleAssignment.pathKey()],
  };
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds between looks at what changes while no events arrive; `false` when events do it. */
export function usePollWithoutEvents(): number | false {
  return useLiveState() === 'live' ? false : 1500;
}

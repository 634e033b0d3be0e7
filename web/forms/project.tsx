'use client';
import { useQuery } from '@tanstack/react-query';
import type { Project } from '@unkai/contracts/resources/project';
import Link from 'next/link';
import { useTRPC, useTRPCClient } from '#client/trpc.tsx';
import { useDomainDenial } from '#resources/identity.ts';
import { MenuItem } from '#ui/menu.tsx';
import { paths } from '../paths.ts';
import { IdentityConfirm } from './identity-confirm.tsx';
import { ProjectForm } from './project-form.tsx';

export type ProjectAct =
  | { kind: 'create'; domain: string; parent?: Project }
  | { kind: 'edit' | 'disable' | 'enable' | 'delete'; project: Project };

/** The dialog of what was chosen; none when nothing was. */
export function ProjectDialog(props: { act: ProjectAct | undefined; onClose: () => void; onDeleted?: () => void }) {
  const { act, onClose, onDeleted } = props;
  if (!act) return null;
  if (act.kind === 'create') return <ProjectForm {...act} onClose={onClose} />;
  const { project, kind } = act;
  if (kind === 'edit') return <ProjectForm domain={project.domainId} project={project} onClose={onClose} />;
  if (kind === 'delete') return <ProjectDelete project={project} onClose={onClose} onDeleted={onDeleted} />;
  return <ProjectSwitch project={project} onClose={onClose} />;
}

type ProjectMenuProps = { project: Project; projects: readonly Project[]; onAct: (act: ProjectAct) => void };

/** What can be done with a project of the domain. */
export function ProjectMenu({ project, projects, onAct }: ProjectMenuProps) {
  const trpc = useTRPC();
  const { data: user } = useQuery(trpc.session.current.queryOptions());
  const { id, domainId: domain, isEnabled } = project;
  const denial = useDomainDenial(domain);
  const isMine = user?.projects.some((each) => each.id === id);
  const [create, update] = [denial('project:create'), denial('project:update')];
  return (
    <>
      {isMine ? (
        <MenuItem asChild>
          <Link href={paths.project({ project: id })}>Open project</Link>
        </MenuItem>
      ) : (
        <MenuItem disabledReason="You have no role in the project itself.">Open project</MenuItem>
      )}
      <MenuItem
        disabledReason={create ?? (isEnabled ? undefined : 'It is disabled.')}
        onSelect={() => onAct({ kind: 'create', domain, parent: project })}
      >
        Create project below
      </MenuItem>
      <MenuItem disabledReason={update} onSelect={() => onAct({ kind: 'edit', project })}>
        Edit
      </MenuItem>
      <MenuItem disabledReason={update} onSelect={() => onAct({ kind: isEnabled ? 'disable' : 'enable', project })}>
        {isEnabled ? 'Disable' : 'Enable'}
      </MenuItem>
      <MenuItem
        isDanger
        disabledReason={denial('project:delete') ?? whyStays(project, projects)}
        onSelect={() => onAct({ kind: 'delete', project })}
      >
        Delete
      </MenuItem>
    </>
  );
}

function whyStays({ id }: Project, projects: readonly Project[]): string | undefined {
  const below = projects.filter(({ parentId }) => parentId === id);
  return below[0] && `The project ${below[0].name} is below it.`;
}

function ProjectSwitch({ project: { id, name, isEnabled }, onClose }: { project: Project; onClose: () => void }) {
  const client = useTRPCClient();
  const props = isEnabled
    ? {
        title: `Disable ${name}?`,
        description:
          'At once it and all projects below it are closed to everyone but operators. Servers go on running.',
        action: 'Disable project',
        done: `${name} is disabled`,
      }
    : {
        title: `Enable ${name}?`,
        description: 'Those who have a role in it can work in it again.',
        action: 'Enable project',
        done: `${name} is enabled`,
      };
  return (
    <IdentityConfirm
      {...props}
      change={() => client.project.update.mutate({ id, isEnabled: !isEnabled })}
      onClose={onClose}
    />
  );
}

type ProjectDeleteProps = { project: Project; onClose: () => void; onDeleted?: (() => void) | undefined };

function ProjectDelete({ project: { id, name }, onClose, onDeleted }: ProjectDeleteProps) {
  const client = useTRPCClient();
  return (
    <IdentityConfirm
      title={`Delete ${name}?`}
      description="Its networks and security groups go with it, and so do all roles in it. Servers, images and projects below keep it from going."
      action="Delete project"
      done={`${name} is deleted`}
      typeToConfirm={name}
      change={() => client.project.delete.mutate({ id })}
      onClose={onClose}
      onDone={onDeleted}
    />
  );
}

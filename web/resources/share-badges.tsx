import { Badge } from '#ui/badge.tsx';

type Shared = { projectId: string; isShared: boolean; isDefault?: boolean };

/** What is special about a thing that projects share, beside its name. */
export function ShareBadges({ project, of }: { project: string; of: Shared }) {
  return (
    <>
      {of.isDefault && <Badge>default</Badge>}
      {of.isShared && <Badge>shared</Badge>}
      {of.projectId !== project && <Badge>of another project</Badge>}
    </>
  );
}

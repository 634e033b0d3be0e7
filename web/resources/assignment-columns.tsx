import type { RoleAssignment } from '@unkai/contracts/resources/role-assignment';
import { placeWords } from './role-words.ts';

/** An assignment as a row of a table, called by its holder or by its role. */
export type AssignmentRow = { id: string; name: string; given: RoleAssignment };

/** `holder`: a group says that it is one. */
export function assignmentRow(given: RoleAssignment, by: 'holder' | 'role'): AssignmentRow {
  const holder = given.userName ?? given.groupName ?? '';
  return { id: given.id, name: by === 'role' ? given.role : holder, given };
}

const inheritedWords = 'on what is below';

export const roleColumn = {
  header: 'Role',
  cell: ({ given }: AssignmentRow) => given.role,
  sortBy: ({ given }: AssignmentRow) => given.role,
};

export const placeColumn = {
  header: 'Where',
  cell: ({ given }: AssignmentRow) => placeWords(given),
  sortBy: ({ given }: AssignmentRow) => placeWords(given),
};

export const inheritedColumn = {
  header: 'Counts',
  cell: ({ given }: AssignmentRow) => (given.isInherited ? inheritedWords : 'there'),
  sortBy: ({ given }: AssignmentRow) => (given.isInherited ? inheritedWords : 'there'),
};

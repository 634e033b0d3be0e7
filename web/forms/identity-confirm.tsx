'use client';
import { ChangeConfirm, type ChangeConfirmProps } from './change-confirm.tsx';

const everything = [[]];

/** As `ChangeConfirm`, for a change of who may do what: roles reach far, so every page asks again. */
export function IdentityConfirm(props: Omit<ChangeConfirmProps, 'outdated'>) {
  return <ChangeConfirm {...props} outdated={everything} />;
}

import { tellReachedBudgets } from '../store/budget-alert.ts';
import type { Reconciler } from './reconciler.ts';

/** Looks once a minute whose budget was reached, or a part of it. */
export const budgets: Reconciler = {
  name: 'budgets',
  everyMs: 60_000,
  run: (core) => tellReachedBudgets(core, new Date()),
};

import { id, page } from '@unkai/contracts/primitives';
import { budget, budgetCreate, budgetUpdate } from '@unkai/contracts/resources/budget';
import { commit } from '@unkai/core/database/database';
import {
  createBudget,
  deleteBudget,
  findBudget,
  listBudgets,
  updateBudget,
  viewBudget,
} from '@unkai/core/store/budget';
import { findProjectOrDomain } from '@unkai/core/store/project-or-domain';
import { z } from 'zod';
import { operations, procedure, router } from '../trpc.ts';

const operation = operations('Usage and cost');

export const budgetRouter = router({
  create: procedure
    .meta(operation('POST /budgets', 'Give a project or a domain a budget', 'budget:create'))
    .input(budgetCreate)
    .output(budget)
    .mutation(async ({ ctx: { call }, input }) => {
      const { database } = call.core;
      const place = await findProjectOrDomain(call, 'budget:create', input);
      return commit(database, async (unit) => viewBudget(database, await createBudget(unit, call, place, input)));
    }),
  ofProject: procedure
    .meta(operation('GET /projects/{projectId}/budgets', 'Show the budget of a project', 'budget:read'))
    .input(z.strictObject({ projectId: id }))
    .output(page(budget))
    .query(async ({ ctx: { call }, input }) =>
      listBudgets(call, await findProjectOrDomain(call, 'budget:read', input)),
    ),
  ofDomain: procedure
    .meta(operation('GET /domains/{domainId}/budgets', 'Show the budget of a domain', 'budget:read'))
    .input(z.strictObject({ domainId: id }))
    .output(page(budget))
    .query(async ({ ctx: { call }, input }) =>
      listBudgets(call, await findProjectOrDomain(call, 'budget:read', input)),
    ),
  get: procedure
    .meta(operation('GET /budgets/{id}', 'Show a budget', 'budget:read'))
    .input(z.strictObject({ id }))
    .output(budget)
    .query(async ({ ctx: { call }, input }) =>
      viewBudget(call.core.database, await findBudget(call, 'budget:read', input.id)),
    ),
  update: procedure
    .meta(operation('PATCH /budgets/{id}', 'Change a budget', 'budget:update'))
    .input(budgetUpdate.extend({ id }))
    .output(budget)
    .mutation(async ({ ctx: { call }, input: { id: wanted, ...input } }) => {
      const row = await findBudget(call, 'budget:update', wanted);
      const changed = await commit(call.core.database, (unit) => updateBudget(unit, call, row, input));
      return viewBudget(call.core.database, changed);
    }),
  delete: procedure
    .meta(operation('DELETE /budgets/{id}', 'Take a budget away', 'budget:delete'))
    .input(z.strictObject({ id }))
    .output(z.void())
    .mutation(async ({ ctx: { call }, input }) => {
      const row = await findBudget(call, 'budget:delete', input.id);
      await commit(call.core.database, (unit) => deleteBudget(unit, call, row));
    }),
});

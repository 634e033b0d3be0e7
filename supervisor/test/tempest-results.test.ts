import { expect, test } from 'vitest';
import { explained, recovered, regexOf, resultsOf } from './stack/tempest-results.ts';

const output = `{1} tempest.api.compute.admin.test_zones.ZonesTest.test_list [0.014550s] ... ok
{0} setUpClass (tempest.api.compute.admin.test_specs.SpecsTest) [0.000000s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):

      File "/usr/lib/python3/dist-packages/tempest/test.py", line 161, in setUpClass
    cls.resource_setup()
    ^^^^^^^^^^^^^^^^^^^^

      File "/usr/lib/python3/dist-packages/tempest/lib/common/rest_client.py", line 831, in _error_checker
    raise exceptions.BadRequest(resp_body, resp=resp)

    tempest.lib.exceptions.BadRequest: Bad request
Details: {'code': 400, 'message': 'must be 0'}

{1} tempest.api.compute.servers.test_volumes.VolumesTest.test_attach ... SKIPPED: there are none
{0} tempest.api.identity.v3.test_users.UsersTest.test_update [2.436743s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):

      File "test_users.py", line 274, in test_update
    self.client.update()

    tempest.lib.exceptions.Conflict: Conflict

Captured traceback-1:
~~~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):

      File "test_users.py", line 80, in tearDown
    self.client.wait()

    tempest.lib.exceptions.TimeoutException: Request timed out


Captured pythonlogging:
~~~~~~~~~~~~~~~~~~~~~~~
2026-11-22 18:24:10,225 INFO     [tempest.lib.common.rest_client] Request (UsersTest:setUp): 200 GET
{0} tempest.api.network.test_ports.PortsTest.test_show [0.1s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    ValueError: wrong

======
Totals
======
Ran: 5 tests in 3.0 sec.
`;

const specs = 'compute.admin.test_specs.SpecsTest';
const update = 'v3.test_users.UsersTest.test_update';

test('what passed is told from what failed and what was skipped, a class by its own name', () => {
  const { passed, failures } = resultsOf(output);
  expect(passed).toEqual(['compute.admin.test_zones.ZonesTest.test_list']);
  expect(failures.map(({ name }) => name)).toEqual([specs, update, 'network.test_ports.PortsTest.test_show']);
});

test('the reason is the end of each traceback with its details, and nothing of the log or the totals', () => {
  const [specsFailure, updateFailure, showFailure] = resultsOf(output).failures;
  expect(specsFailure?.reason).toMatch(/resp=resp\)\n +\S+BadRequest: Bad request\nDetails: .*'must be 0'}$/);
  expect(specsFailure?.reason).not.toContain('^');
  expect(updateFailure?.reason).toMatch(/Conflict: Conflict\n[\s\S]*TimeoutException: Request timed out$/);
  expect(showFailure?.reason).toMatch(/ ValueError: wrong$/);
  expect(explained(resultsOf(output).failures)).toContain(`${update}\n`);
});

test('several runs count together', () => {
  expect(resultsOf(output, output).failures).toHaveLength(6);
  expect(resultsOf('')).toEqual({ passed: [], failures: [] });
});

test('what failed is chosen again by its full name, a class with all its tests', () => {
  const regex = new RegExp(regexOf(resultsOf(output).failures));
  expect('tempest.api.compute.admin.test_specs.SpecsTest.test_set[id-1]').toMatch(regex);
  expect('tempest.api.identity.v3.test_users.UsersTest.test_update[id-2,smoke]').toMatch(regex);
  expect('tempest.api.identity.v3.test_users.UsersTest.test_update_password[id-3]').not.toMatch(regex);
  expect('tempest.api.compute.admin.test_specs.SpecsTestMore.test_set[id-4]').not.toMatch(regex);
});

test('only what ran again and passed has recovered', () => {
  const failures = resultsOf(output).failures;
  const line = (name: string, word: string) => `{0} tempest.api.${name} [0.1s] ... ${word}\n`;
  const known = [`${specs}.test_documented`];
  const names = (again: string) => recovered(failures, resultsOf(again), known).map(({ name }) => name);
  expect(names('')).toEqual([]);
  expect(names(line(`identity.${update}`, 'ok'))).toEqual([update]);
  expect(names(line(`${specs}.test_set`, 'ok'))).toEqual([specs]);
  expect(names(line(`${specs}.test_set`, 'ok') + line(`${specs}.test_unset`, 'FAILED'))).toEqual([]);
  expect(names(line(`${specs}.test_set`, 'ok') + line(`${specs}.test_documented`, 'FAILED'))).toEqual([specs]);
});

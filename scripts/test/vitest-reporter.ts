// Run by vitest, beside the one that people watch: writes what we count to the file that UNKAI_TEST_REPORT names. The
// JSON of vitest's own has no difference between what was expected and what came.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type {} from '@unkai/testing/second-try';
import type { TestError } from 'vitest';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { checkout } from './command.ts';
import { type Failure, type Thrown, whyOf } from './failure.ts';
import type { Count } from './part.ts';

const fileOf = ({ moduleId }: TestModule) => relative(checkout, moduleId);

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], outside: readonly SerializedError[]): void {
    const file = process.env['UNKAI_TEST_REPORT'];
    if (file === undefined) throw new Error('UNKAI_TEST_REPORT names no file for the report.');
    writeFileSync(file, JSON.stringify(countOf(modules, outside)));
  }
}

function countOf(modules: readonly TestModule[], outside: readonly SerializedError[]): Count {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (...states: string[]) => tests.filter((test) => states.includes(test.result().state));
  const failures = [
    ...inState('failed').map((test) => failureOf(test, test.result().errors)),
    ...modules.flatMap(failuresAround),
    ...outside.map((error) => ({ title: 'outside of every test', why: whyOf(thrown(error)) })),
  ];
  const passed = inState('passed');
  return {
    passed: passed.length,
    failed: failures.length,
    skipped: inState('skipped', 'pending').length,
    failures,
    secondTries: passed.flatMap(secondTryOf),
  };
}

const titleOf = (test: TestCase) => `${fileOf(test.module)} › ${test.fullName.replaceAll(' > ', ' › ')}`;

function failureOf(test: TestCase, errors: readonly TestError[] | undefined): Failure {
  const [first] = errors ?? [];
  return { title: titleOf(test), why: first === undefined ? '' : whyOf(thrown(first)) };
}

/** A file that could not be loaded, and what was to be done before or after its tests. */
function failuresAround(module: TestModule): Failure[] {
  const suites = [...module.children.allSuites()];
  const titled = suites.map((suite) => [`${fileOf(module)} › ${suite.fullName}`, suite.errors()] as const);
  return [[fileOf(module), module.errors()] as const, ...titled].flatMap(([title, errors]) =>
    errors.map((error) => ({ title, why: whyOf(thrown(error)) })),
  );
}

/** A test that passed and has an error all the same failed once before; one that tries again by itself says so. */
function secondTryOf(test: TestCase): Failure[] {
  const { errors } = test.result();
  if (errors !== undefined && errors.length > 0) return [failureOf(test, errors)];
  const { secondTry } = test.meta();
  return secondTry === undefined ? [] : [{ title: titleOf(test), why: secondTry }];
}

function thrown(error: TestError): Thrown {
  const { name, message, diff, cause, stacks } = error;
  const own = stacks?.find((stack) => stack.file.startsWith(checkout) && !stack.file.includes('/node_modules/'));
  const place = own === undefined ? undefined : `${relative(checkout, own.file)}:${own.line}`;
  return { name, message, diff, place, cause: cause === undefined ? undefined : thrown(cause) };
}

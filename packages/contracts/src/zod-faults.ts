import type { z } from 'zod';
import { type Fault, type FaultCode, nameForDetail, pointerTo } from './fault.ts';

type Issue = z.core.$ZodIssue;

/**
 * Faults of a failed zod check, all of them. `root` is the value that was checked: it tells a missing member
 * from a wrong one. `known` are the names of members that exist, though not everywhere.
 */
export function faultsOfIssues(issues: readonly Issue[], root: unknown, known: ReadonlySet<string>): Fault[] {
  const faults = issues.flatMap(takenBranch).flatMap((issue): Fault[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownMember(issue.path, key, known));
    }
    const pointer = pointerTo(issue.path);
    const { message } = issue;
    if (isMissing(root, issue.path)) return [{ pointer, code: 'required', detail: `required: ${message}` }];
    return [{ pointer, code: codeOf(issue), detail: message }];
  });
  // A value that breaks two rules of its kind is told once what is allowed.
  return [...new Map(faults.map((fault) => [`${fault.pointer} ${fault.detail}`, fault])).values()];
}

/** The issues of the branch of a union that took the JSON type; the union's own issue where none did. */
function takenBranch(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const taken = issue.errors.find((branch) =>
    branch.every((one) => one.code !== 'invalid_type' || one.path.length > 0),
  );
  if (taken === undefined) return [issue];
  return taken.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(takenBranch);
}

function unknownMember(path: readonly PropertyKey[], key: string, known: ReadonlySet<string>): Fault {
  const pointer = pointerTo([...path, key]);
  if (known.has(key))
    return { pointer, code: 'not-allowed', detail: `"${key}" is not allowed with this type` };
  return { pointer, code: 'unknown-field', detail: `unknown field ${nameForDetail(key)}: leave it out` };
}

function isMissing(root: unknown, path: readonly PropertyKey[]): boolean {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false;
    if (!Object.hasOwn(value, step)) return true;
    value = Reflect.get(value, step);
  }
  return false;
}

function codeOf(issue: Issue): FaultCode {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return 'type';
    case 'invalid_value':
      return 'enum';
    case 'too_big':
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'length' : 'range';
    case 'not_multiple_of':
      return 'range';
    default:
      return 'format';
  }
}

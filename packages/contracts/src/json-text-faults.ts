import { type FaultCode, nameForDetail } from './fault.ts';
import { isLongNumber } from './json-scan.ts';
import { LIMITS } from './limits.ts';

/** A fault of a JSON text, with the path to it from the root of the text. */
export interface TextFault {
  path: readonly (string | number)[];
  code: FaultCode;
  detail: string;
}

const TOKEN = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/y;

/**
 * Members given twice in one object, and numbers that lose digits when they are read. The slow way, with
 * their places: only for a text of which `scanJson` says that there are such. The text must be JSON.
 */
export function jsonTextFaults(text: string): TextFault[] {
  const faults: TextFault[] = [];
  const path: (string | number)[] = [];
  const tokens = new RegExp(TOKEN);
  const next = (): string => tokens.exec(text)?.[1] ?? '';

  const readMembers = (): void => {
    const names = new Set<string>();
    for (let token = next(); token !== '}' && token !== ''; token = next()) {
      if (token === ',') continue;
      const name = String(JSON.parse(token));
      path.push(name);
      if (names.has(name)) report('duplicate-member', `${nameForDetail(name)} is given twice: give it once`);
      names.add(name);
      next();
      readValue(next());
      path.pop();
    }
  };
  const readItems = (): void => {
    let i = 0;
    for (let token = next(); token !== ']' && token !== ''; token = next()) {
      if (token === ',') continue;
      path.push(i++);
      readValue(token);
      path.pop();
    }
  };
  const readValue = (token: string): void => {
    if (token === '{') readMembers();
    else if (token === '[') readItems();
    else if (/^[-\d]/.test(token) && isLongNumber(token.length, token.length - token.search(/e|$/i))) {
      report(
        'not-exact',
        `has more digits than are read exactly: at most ${LIMITS.jsonNumberLength} characters`,
      );
    }
  };
  const report = (code: FaultCode, detail: string): void => {
    faults.push({ path: [...path], code, detail });
  };

  readValue(next());
  return faults;
}

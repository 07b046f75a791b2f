/** Where the processor time of a service goes, from the profiles that Node writes when it ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repository } from '@effectstroom/infra';

/**
 * As far as it is read here; https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile.
 */
interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  /** Of the node that ran at each moment, and the microseconds since the moment before. */
  samples: number[];
  timeDeltas: number[];
}

/** Microseconds of processor time that functions took themselves, without those that they called. */
export interface ProfiledTime {
  /** By file of the product, library, or what else ran. */
  groups: Map<string, number>;
  /** By function, as `fold.ts foldEvents`. */
  functions: Map<string, number>;
  busy: number;
  /** Waiting for something; and loading and compiling the program, which a service does once. */
  idle: number;
  starting: number;
  /** Threads of all processes together. */
  threads: number;
}

/** Longer than it takes V8 to sample, short enough to tell functions apart. */
const INTERVAL_MICROS = 500;
const IDLE = '(idle)';
const STARTING = 'Node: loading and compiling modules';
/** What V8 says of itself. */
const OWN = new Map([
  ['(garbage collector)', 'V8: collecting garbage'],
  ['(program)', 'V8 and the kernel, not told apart'],
  ['(root)', 'V8 and the kernel, not told apart'],
]);

/** What makes Node write the profile of a process, and of each of its threads, to a folder when it ends. */
export function profileOptions(folder: string): string {
  return `--cpu-prof --cpu-prof-interval=${INTERVAL_MICROS} --cpu-prof-dir=${folder}`;
}

/** To add profiles to. */
export function noTime(): ProfiledTime {
  return {
    ...{ groups: new Map(), functions: new Map() },
    ...{ busy: 0, idle: 0, starting: 0, threads: 0 },
  };
}

/** Adds up every profile in a folder. @throws Error where there is none */
export function readProfiles(folder: string): ProfiledTime {
  const time = noTime();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'))) {
    addProfile(time, JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile);
    time.threads++;
  }
  if (time.threads === 0) throw new Error('A service wrote no profile');
  return time;
}

/** Adds one profile. */
export function addProfile(time: ProfiledTime, { nodes, samples, timeDeltas }: CpuProfile): void {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  for (const [place, id] of samples.entries()) {
    const micros = timeDeltas[place] ?? 0;
    const frame = frames.get(id);
    if (frame === undefined) continue;
    const { functionName, url } = frame;
    if (functionName === IDLE) {
      time.idle += micros;
      continue;
    }
    const group = OWN.get(functionName) ?? groupOf(url);
    if (group === STARTING) {
      time.starting += micros;
      continue;
    }
    const name = OWN.has(functionName) ? group : `${fileOf(url)} ${functionName || '(anonymous)'}`;
    time.busy += micros;
    time.groups.set(group, (time.groups.get(group) ?? 0) + micros);
    time.functions.set(name, (time.functions.get(name) ?? 0) + micros);
  }
}

/** The part of the product, the library or the part of Node that a file belongs to. */
export function groupOf(url: string): string {
  if (url === '') return 'V8: built-in functions (JSON, maps, numbers, strings)';
  if (url.startsWith('node:')) return nodeGroup(url);
  if (url.startsWith('wasm:')) return 'WebAssembly';
  if (!url.startsWith('file:')) return 'other';
  const path = fileURLToPath(url);
  const library = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (library !== undefined) return `library ${library}`;
  return path.startsWith(repository) ? path.slice(repository.length + 1).replace('/src/', ': ') : 'other';
}

function nodeGroup(url: string): string {
  if (/internal\/(modules|bootstrap|process|main|vm)|amaro/.test(url)) return STARTING;
  if (/buffer|encoding/.test(url)) return 'Node: buffers and texts';
  if (/http|parser/.test(url)) return 'Node: HTTP';
  if (/net|stream|tls|libuv/.test(url)) return 'Node: sockets and streams';
  if (/timers|task_queues|async_hooks|promises|events/.test(url)) return 'Node: timers, promises, events';
  return 'Node: other';
}

function fileOf(url: string): string {
  return url === '' ? 'V8' : url.slice(url.lastIndexOf('/') + 1);
}

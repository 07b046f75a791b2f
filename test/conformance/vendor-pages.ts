/** The pages for vendors, and how the programs on them are run. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const folder = new URL('../../packages/contracts/vendors/', import.meta.url);
const SECONDS = 60_000;

/** A program on a page. */
export interface VendorProgram {
  page: string;
  title: string;
  code: string;
  /** What the page says that it prints; `…` stands for anything. */
  prints: string;
  /** What must be on the PATH to run it. */
  runtime: string;
  file: string;
  command: (file: string) => [string, ...string[]];
}

const KINDS = [
  { page: 'curl.md', language: 'sh', runtime: 'curl', file: 'first-case.sh', command: 'sh' },
  { page: 'python.md', language: 'python', runtime: 'python3', file: 'first_case.py', command: 'python3' },
  { page: 'typescript.md', language: 'typescript', runtime: 'node', file: 'first-case.ts', command: 'node' },
  { page: 'csharp.md', language: 'csharp', runtime: 'dotnet', file: 'Program.cs', command: 'dotnet' },
] as const;

/** Every program of every page. */
export function vendorPrograms(): VendorProgram[] {
  return KINDS.flatMap(({ page, language, runtime, file, command }) => {
    const text = readFileSync(new URL(page, folder), 'utf8');
    const blocks = blocksOf(text, language);
    const [prints = ''] = blocksOf(text, 'text');
    return blocks.map((code, i) => ({
      ...{ page, code, prints, runtime, file },
      title: blocks.length === 1 ? page : `${page} (${i + 1})`,
      command: (path: string) => commandOf(command, path),
    }));
  });
}

function commandOf(command: (typeof KINDS)[number]['command'], path: string): [string, ...string[]] {
  if (command === 'node') return [process.execPath, path];
  if (command === 'dotnet') return ['dotnet', 'run', '--project', join(path, '..')];
  return [command, path];
}

function blocksOf(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...text.matchAll(fence)].map(([, block = '']) => block);
}

/** Whether a runtime is on this machine. */
export function isHere(runtime: string): boolean {
  if (runtime === 'node') return true;
  return (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, runtime)));
}

/** Runs a program in a folder of its own. Returns what it prints; throws where it ends with a fault. */
export async function runProgram(program: VendorProgram, under: string, url: string): Promise<string> {
  const own = join(under, program.title.replaceAll(/\W+/g, '-'));
  mkdirSync(own);
  const path = join(own, program.file);
  writeFileSync(path, program.code);
  if (program.runtime === 'node') {
    writeFileSync(join(own, 'package.json'), '{"type":"module"}');
    symlinkSync(new URL('../node_modules', import.meta.url), join(own, 'node_modules'));
  }
  if (program.runtime === 'dotnet') writeFileSync(join(own, 'first-case.csproj'), PROJECT);
  const [command, ...parts] = program.command(path);
  const env = { ...process.env, EFFECTSTROOM_URL: url, EFFECTSTROOM_KEY: 'local-ingest' };
  const { stdout } = await promisify(execFile)(command, parts, { env, timeout: SECONDS });
  return stdout;
}

/** As `dotnet new console` makes it. */
const PROJECT = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net8.0</TargetFramework>
    <RollForward>Major</RollForward>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
</Project>
`;

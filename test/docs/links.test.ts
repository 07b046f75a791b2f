/** Every relative link in a Markdown file of the repository leads somewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { expect, test } from 'vitest';

/** Tracked files and new ones, but nothing that is ignored. */
const TEXTS = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: repository,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(repository, file)));

/** A text without blocks of code, in which brackets and # mean something else. */
function withoutBlocks(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
}

function linksOf(text: string): string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const named = [...prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  return [...inline, ...named].map(([, target = '']) => target);
}

/** The headings of a text, as GitHub makes anchors of them. */
function anchorsOf(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function isDead(file: string, link: string): boolean {
  if (/^[a-z][a-z+.-]*:|^\//i.test(link)) return false;
  const [path = '', anchor] = link.split('#', 2);
  const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
  if (!existsSync(target)) return true;
  return (
    anchor !== undefined &&
    target.endsWith('.md') &&
    !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  );
}

test('there are texts with links', () => {
  expect(TEXTS.length).toBeGreaterThan(10);
  expect(linksOf('[a](x.md) [b](<y.md> "Y")\n\n[c]: z.md\n\n`[d](none.md)`')).toEqual([
    'x.md',
    'y.md',
    'z.md',
  ]);
  expect(isDead(join(repository, 'README.md'), 'no-such-file.md')).toBe(true);
});

test.each(TEXTS)('the links of %s lead somewhere', (name) => {
  const file = join(repository, name);
  expect(linksOf(readFileSync(file, 'utf8')).filter((link) => isDead(file, link))).toEqual([]);
});

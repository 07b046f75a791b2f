import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsEmailAddress } from './email-address.ts';

describe('holdsEmailAddress', () => {
  it.each([
    'jan@example.nl',
    'of: jan.de.vries+hulp@mail.example.co.uk, of niet',
    'mailto:a@b.nl',
    'https://user@example.nl/',
    'jan%40example.nl',
    'é@müller.de',
    '@x@y jan@example.nl',
  ])('finds one in %j', (text) => {
    expect(holdsEmailAddress(text)).toBe(true);
  });

  it.each([
    '',
    '@',
    '@jan',
    'jan@',
    'a@b',
    'a@1.2.3',
    'a@b.c',
    '@example.nl',
    'a @b.nl',
    'a@ b.nl',
    'npm:@a/b@1.0.0',
  ])('finds none in %j', (text) => {
    expect(holdsEmailAddress(text)).toBe(false);
  });

  it('finds any address between other words', () => {
    const around = fc.string({ unit: fc.constantFrom('a', 'é', '-', ' ', '@', '.') });
    fc.assert(
      fc.property(around, fc.emailAddress(), around, (before, address, after) => {
        expect(holdsEmailAddress(`${before} ${address} ${after}`)).toBe(true);
      }),
    );
  });

  it('takes no time for what looks like many addresses', () => {
    const startedAt = performance.now();
    holdsEmailAddress('a@'.repeat(500_000));
    holdsEmailAddress(`a@${'a.'.repeat(500_000)}`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

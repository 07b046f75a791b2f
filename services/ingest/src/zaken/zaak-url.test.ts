import { describe, expect, it } from 'vitest';
import { isUnder, uuidOf } from './zaak-url.ts';

const BASE = 'https://zaken.example.nl/zaken/api/v1/';
const UUID = '5c9e4a0c-6f4b-4f0e-9d1c-0a1b2c3d4e5f';

describe('the UUID of an address', () => {
  it('is taken from an address under the base', () => {
    expect(uuidOf(BASE, 'zaken', `${BASE}zaken/${UUID}`)).toBe(UUID);
    expect(uuidOf(BASE, 'zaken', `${BASE}zaken/${UUID.toUpperCase()}`)).toBe(UUID);
    expect(uuidOf(BASE, 'zaken', `https://zaken.example.nl:443/zaken/api/v1/zaken/${UUID}`)).toBe(UUID);
  });

  it.each([
    ['another host', `https://zaken.example.org/zaken/api/v1/zaken/${UUID}`],
    ['a host that starts the same', `https://zaken.example.nl.evil.example/zaken/api/v1/zaken/${UUID}`],
    ['another port', `https://zaken.example.nl:8443/zaken/api/v1/zaken/${UUID}`],
    ['another scheme', `http://zaken.example.nl/zaken/api/v1/zaken/${UUID}`],
    ['a user name', `https://zaken.example.nl@evil.example/zaken/api/v1/zaken/${UUID}`],
    ['a password', `https://a:b@zaken.example.nl/zaken/api/v1/zaken/${UUID}`],
    ['another path', `https://zaken.example.nl/other/api/v1/zaken/${UUID}`],
    ['dots out of the path', `${BASE}zaken/../../../../admin/zaken/${UUID}`],
    ['escaped dots out of the path', `${BASE}%2e%2e/v2/zaken/${UUID}`],
    ['an escaped slash', `${BASE}zaken%2f${UUID}`],
    ['another resource', `${BASE}rollen/${UUID}`],
    ['more path', `${BASE}zaken/${UUID}/audittrail`],
    ['a query', `${BASE}zaken/${UUID}?expand=rollen`],
    ['a fragment', `${BASE}zaken/${UUID}#a`],
    ['no UUID', `${BASE}zaken/_zoek`],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'zaken'],
  ])('is not taken from one with %s', (_what, address) => {
    expect(uuidOf(BASE, 'zaken', address)).toBeUndefined();
  });
});

describe('an address under the base', () => {
  it('has its origin and path', () => {
    expect(isUnder(BASE, `${BASE}statussen/${UUID}`)).toBe(true);
    expect(isUnder(BASE, `${BASE}zaken/${UUID}/zaakeigenschappen/${UUID}`)).toBe(true);
    expect(isUnder(BASE, 'https://zaken.example.nl/zaken/api/v1')).toBe(false);
    expect(isUnder(BASE, 'https://zaken.example.nl/besluiten/api/v1/besluiten')).toBe(false);
  });
});

/** Persons and numbers that must be refused wherever they stand in an identifier; all invented. */
export const PERSONAL = [
  '123456782',
  '1234.56.782',
  'bsn 111 222 333',
  'jan@example.nl',
  'jan%40example.nl',
  '0612345678',
  '+31 6 12345678',
  '020-1234567',
  'jan-jansen',
  'Jan de Vries',
  'j.p.bakker',
] as const;

/** The same, as a source or a resident key can be. */
export const PERSONAL_IDENTIFIERS = [
  ...PERSONAL,
  'urn:nld:jan.jansen',
  'urn:nld:tel:0612345678',
  'urn:nld:bsn:123456782',
  'JanJansen-1980-01-01',
  'gezin-de-vries-12345',
  'x-jan_bakker-x',
] as const;

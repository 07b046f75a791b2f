/** How strongly the profile asks for something (RFC 2119). */
export type AdviceLevel = 'must' | 'should';

interface Rule {
  level: AdviceLevel;
  /** Section of the NL GOV profile for CloudEvents 1.1, or the other standard that says it. */
  section: string;
  /** What is asked. Never a value that was sent. */
  says: string;
}

/**
 * The rules of the NL GOV profile for CloudEvents 1.1 (Logius, 17 March 2026) that can be judged from one event.
 * What the profile calls REQUIRED is not here: without it an event is refused.
 */
export const NL_GOV_RULES = {
  'source-urn': {
    level: 'should',
    section: 'source',
    says: 'write a URN that starts with urn:nld: and names the organisation and the source system; no address of data',
  },
  'source-organisation': {
    level: 'should',
    section: 'source',
    says: 'name the organisation by number: urn:nld:oin: for government, urn:nld:kvknr: for all others',
  },
  'source-oin': {
    level: 'must',
    section: 'source; OIN-Stelsel 2.2.2, Data Architectuur',
    says: 'an OIN has 20 positions: a prefix of 8, then a number that fills the rest up with zeros (000 or 0000)',
  },
  'source-kvknr': {
    level: 'must',
    section: 'source; Handelsregister',
    says: 'a KvK-nummer has 8 digits',
  },
  'source-system': {
    level: 'should',
    section: 'source',
    says: 'name the source system after the organisation, as in :systeem:registratie or .registratie',
  },
  'type-reverse-dns': {
    level: 'must',
    section: 'type',
    says: 'a type is a reversed domain name, as nl.effectstroom.case.assessed',
  },
  'type-version': {
    level: 'must',
    section: 'type',
    says: 'a type has at most one version, written as v and a number',
  },
  'type-organisation': {
    level: 'should',
    section: 'type',
    says: 'a type does not name an organisation: organisations change and types stay',
  },
  'id-persistent': {
    level: 'should',
    section: 'id',
    says: 'use an id that your system keeps for this event, or a UUID made once and sent again as it is',
  },
  'id-of-event': {
    level: 'should',
    section: 'id',
    says: 'the id is of the event, not of the case: a later event of the case needs another one',
  },
  'id-described': {
    level: 'should',
    section: 'id; dataschema',
    says: 'a random id is described in the schema that dataschema names: /v1/schemas has one for each type',
  },
  'time-of-logging': {
    level: 'should',
    section: 'time',
    says: 'time is the moment at which your system logged the event; the day of the case itself is in data',
  },
  'time-near': {
    level: 'should',
    section: 'time',
    says: 'time is the moment of logging: this lies ahead, or more than a month ago',
  },
  'attribute-name': {
    level: 'must',
    section: 'Attribute Naming Convention',
    says: 'names of attributes have only a-z and 0-9',
  },
  'attribute-length': {
    level: 'should',
    section: 'Attribute Naming Convention',
    says: 'names of attributes have at most 20 characters',
  },
  'content-type': {
    level: 'should',
    section: 'datacontenttype',
    says: 'data is JSON: application/json',
  },
  subject: {
    level: 'should',
    section: 'subject',
    says: 'leave subject out: its use is not agreed on yet, and attributes may be logged by all who pass them on',
  },
  'dataschema-uri': {
    level: 'must',
    section: 'dataschema',
    says: 'dataschema is a whole URI, with its scheme',
  },
  size: {
    level: 'should',
    section: 'Size Limits',
    says: 'an event of at most 64 KB is passed on by everyone',
  },
} as const satisfies Record<string, Rule>;

/** Name of one of the rules. */
export type NlGovRule = keyof typeof NL_GOV_RULES;

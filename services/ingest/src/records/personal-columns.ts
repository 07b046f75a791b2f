import { holdsBsn } from '@effectstroom/contracts';
import { plain } from './header-words.ts';

/** Words of a header that tell of a person, or of texts in which anyone may be named. */
const PERSONAL = new RegExp(
  `\\b(?:${[
    ...['bsn', 'burgerservicenummer', 'sofinummer', '\\w*naam', 'voorletters?', 'initialen', 'tussenvoegsel'],
    ...[
      'geboren',
      'geboorte\\w*',
      'geb ?datum',
      'adres\\w*',
      'straat\\w*',
      'huisnummer',
      'huisnr',
      'postcode',
    ],
    ...['e ?mail\\w*', 'mail\\w*', 'telefoon\\w*', 'tel', 'telnr', 'mobiel\\w*', 'iban', 'rekeningnummer'],
    ...['contactpersoon', 'medewerker', 'hulpverlener', 'begeleider', 'behandelaar', 'casemanager'],
    ...['consulent', 'toelichting', 'opmerking(?:en)?', 'notitie\\w*'],
  ].join('|')})\\b`,
);
/** A header that is a person, without a word more. */
const PERSON = /^(?:client|inwoner|bewoner|deelnemer|klant)$/;
/** What can have a name, and a worker a share in, without telling of a person. */
const OF_A_THING =
  /\b(?:thema|doel|dienst|voorziening|product|team|project|wijk|buurt|organisatie|locatie|bijdrage)\w*/;
const CONTACT = /\S@\S+\.\S|(?:\+31|\b0031)[\s-]?[1-9]/;
/** One in eleven numbers of nine digits passes for a BSN: a column of BSNs has many more. */
const SHARE = 0.3;

/** Whether a value looks like an e-mail address, a phone number or a BSN. */
export function isPersonalValue(value: string): boolean {
  return CONTACT.test(value) || holdsBsn(value);
}

/**
 * Whether a column looks like names, birth dates, addresses, BSNs, e-mail addresses, phone numbers or notes:
 * by its header, or by the share of its values that do.
 */
export function isPersonalColumn(header: string, personalShare: number): boolean {
  const words = plain(header);
  return personalShare > SHARE || PERSON.test(words) || (PERSONAL.test(words) && !OF_A_THING.test(words));
}

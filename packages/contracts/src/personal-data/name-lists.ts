/**
 * The names by which `person-name.ts` knows a person: the most frequent ones only, so that a code is seldom
 * taken for a name. Lower-case and without accents.
 *
 * Surnames: most of the hundred most frequent of 2007 in the Nederlandse Familienamenbank (Meertens
 * Instituut), with some of the most frequent that came to the Netherlands later. First names: frequent ones
 * in the Nederlandse Voornamenbank (Meertens Instituut) and the yearly lists of the Sociale
 * Verzekeringsbank, with their usual short forms. Only the first ten to twenty of each were looked up; the
 * others are as they are generally known, and none stands here for its exact place in a list.
 */

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Surnames that mean nothing else: also initials before one make it a person. */
export const SURNAMES: readonly string[] = wordsOf(`
  vries jansen bakker janssen visser smit meijer meyer mulder peters hendriks leeuwen dekker brouwer
  dijkstra smits graaf jacobs haan vermeulen bruijn heijden schouten willems hoekstra verhoeven koster
  peeters jonge kuipers kuiper veenstra kramer scholten postma martens ruiter timmermans gerritsen
  jonker willemsen smeets schipper driessen hermans evers meulen hofman bosman wolters sanders kuijpers
  molenaar leeuw verbeek yilmaz nguyen kaya demir yildiz yildirim ozturk celik sahin aydin arslan dogan
  kilic ahmed mohamed hassan hussein singh khan
`);

/** Surnames that are words too: a first name or a prefix must stand before one. */
export const SURNAMES_LIKE_WORDS: readonly string[] = wordsOf(
  'bos vos kok maas prins blom huisman post vink groen koning mol ali',
);

/** Surnames that are words or places too, and seldom stand without a prefix: de Groot, van den Berg. */
export const SURNAMES_WITH_PREFIX: readonly string[] = wordsOf(`
  jong berg dijk boer groot wit meer linden heuvel veen bruin beek dam brink laan pol vliet wal broek
  ven wijk loon velde velden lange dongen doorn horst
`);

/** What stands between a first name and a surname (voorvoegsels). */
export const SURNAME_PREFIXES: readonly string[] = wordsOf(
  'van de der den ten ter vd vander vande vanden el',
);

/** What is put before a surname to mean a person or a family. */
export const TITLES: readonly string[] = wordsOf(
  'dhr hr heer meneer mevr mevrouw mw fam familie gezin mr mrs drs ir dr',
);

/** First names. */
export const FIRST_NAMES: readonly string[] = wordsOf(`
  johannes jan cornelis hendrik willem petrus pieter gerrit wilhelmus peter jacob robert johan antonius
  adrianus marinus dirk martinus hans henk kees piet klaas wim cor gert gertjan rob ruud bert arie theo
  ton joop jaap frans frank paul mark marcel marco martin michael michel michiel maarten martijn erik
  eric rene ronald richard patrick dennis jeroen jeffrey john johnny edwin andre arjan bas bart bram
  daan danny david dylan erwin finn floris gijs guus harm herman hugo jasper jesse joost jordy joris jos
  joshua julian kevin koen lars leo leon levi liam luca lucas luuk mees menno mike milan nick niek niels
  noah olivier oscar otto pim ralph remco rick rik roel rogier roy ruben rutger sander sem simon stefan
  stijn sven teun thijs thomas tijmen tim timo tom vincent wesley wouter xander youri maria johanna anna
  cornelia elisabeth wilhelmina catharina hendrika adriana petronella margaretha jacoba alida antonia
  geertruida anneke anja annemarie angelique annet astrid bianca carla caroline chantal charlotte
  claudia corrie daphne debbie denise diana ellen els emma esther eva evi femke fenna fleur floor gerda
  greetje hanna hanneke helena henny ilse ingrid irene iris isa jacqueline janneke jantje jessica joke
  jolanda josephine judith julia karin kim laura lieke lies linda lisa lotte luna maaike manon marianne
  marieke marijke marja marjan marloes margriet maud mieke mila miranda mirjam monique nicole nina noa
  noor nora olivia patricia petra ria rianne roos sandra sanne sara sarah saskia silvia sonja sophie
  suzanne tamara tess tessa tineke trudy vera wendy wilma willemijn yvonne zoe mohamed mohammed muhammad
  ahmed ali omar youssef ibrahim mustafa hassan hussein mehmet fatima aisha khadija yasmin samira
`);

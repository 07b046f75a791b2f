# language: nl
Functionaliteit: Geen euro zonder bron
  Elk cijfer is stap voor stap te volgen naar thema, doel, casus, regel en jaar, en elke stap telt op tot de vorige.

  Scenario: Van het totaal naar één regel van één casus
    Gegeven de prijslijst "kh-uitleg":
      | vanaf    | dienst      | eenheid | prijs   | kostenhouder | bron                          | prijspeil |
      | 1-1-2022 | begeleiding | uur     | € 64,00 | gemeente     | Kostenhandleiding 2024, KH-12 | 2022      |
    En het programma van "uitleg-a" in Haarlemmermeer (GM0394):
      | wat             | waarde                                   |
      | correctiefactor | 0,90                                     |
      | prijslijst      | kh-uitleg                                |
      | thema's         | 1 Meedoen, 3 Kwetsbare inwoners          |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    Als deze casussen binnenkomen van "uitleg-a":
      | casus | datum    | thema | dienst      | aantal | bedrag | kostenhouder    | kans           | bijdrage | herhaling |
      | 1     | 1-2-2025 | 1     | begeleiding | 26     |        |                 | waarschijnlijk | zeker    | jaarlijks |
      | 2     | 1-3-2025 | 1     |             |        | € 100  | zorgverzekeraar | zeker          | zeker    |           |
    Dan is de opbrengst van "uitleg-a" over 2025 stap voor stap terug te voeren:
      | in delen    | grootste deel                                         | bedrag     | samen      |
      | 1           | Gemeente GM0394                                       | € 3.234,96 | € 3.234,96 |
      | 1           | Programma main: uitleg-a                              | € 3.234,96 | € 3.234,96 |
      | 1           | Thema 1: Meedoen                                      | € 3.234,96 | € 3.234,96 |
      | 1           | Zonder doel                                           | € 3.234,96 | € 3.234,96 |
      | 2           | Casus uitleg-a-1                                      | € 3.144,96 | € 3.234,96 |
      | 1           | Regel 1: begeleiding, Kostenhouder gemeente: gemeente | € 3.144,96 | € 3.144,96 |
      | 3           | In het jaar zelf                                      | € 1.048,32 | € 3.144,96 |

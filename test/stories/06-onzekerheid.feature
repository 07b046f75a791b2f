# language: nl
Functionaliteit: Eerlijk over onzekerheid
  Naast elk bedrag staat wat het zou zijn als kans, bijdrage en prijs alle een stap lager of hoger liggen. Wat geteld is en
  wat geschat is, staat apart.

  Scenario: Laag, midden en hoog, en geteld naast geschat
    Gegeven het programma van "onzeker-a" in Deurne (GM0762):
      | wat                     | waarde                  |
      | correctiefactor         | 1,00                    |
      | onzekerheid van prijzen | 10 %                    |
      | thema's                 | 1 Meedoen               |
      | kostenhouders           | gemeente (gemeentelijk) |
    En de subsidies van "onzeker-a" in Deurne (GM0762) over 2025:
      | subsidie |
      | € 2.000  |
    Als deze casussen binnenkomen van "onzeker-a":
      | casus | datum    | thema | bedrag  | kostenhouder | kans           | bijdrage | soortgelijk |
      | 1     | 1-2-2025 | 1     | € 1.000 | gemeente     | waarschijnlijk | zeker    | 3           |
    # midden: € 1.000 × 70 % × 100 % × 3; laag: € 900 × 35 % × 70 % × 3; hoog: € 1.100 × 100 % × 100 % × 3
    Dan zijn de cijfers van "onzeker-a" over 2025:
      | laag     | gecorrigeerd | hoog       | geteld   | geschat    | subsidie   | rendement | kans op quitte |
      | € 661,50 | € 2.100,00   | € 3.300,00 | € 700,00 | € 1.400,00 | € 2.000,00 | 1,05      | 0,53           |

  Scenario: Vier van de zes casussen zijn beoordeeld: wat betekent dat voor alle zes?
    Gegeven het programma van "onzeker-b" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 1,00                    |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "onzeker-b":
      | casus | datum    | thema | bedrag | kostenhouder | kans  | bijdrage |
      | 1     | 1-2-2025 | 1     | € 100  | gemeente     | zeker | zeker    |
      | 2     | 1-2-2025 | 1     | € 120  | gemeente     | zeker | zeker    |
      | 3     | 1-2-2025 | 1     | € 140  | gemeente     | zeker | zeker    |
      | 4     | 1-2-2025 | 1     | € 160  | gemeente     | zeker | zeker    |
      | 5     | 1-2-2025 | 1     |        |              |       |          |
      | 6     | 1-2-2025 | 1     |        |              |       |          |
    # gemiddeld € 130, zes keer is € 780; de spreiding van de vier geeft de marge
    Dan is de schatting voor alle casussen van "onzeker-b" over 2025 € 780,00, met 95 % zekerheid tussen € 637,68 en € 922,32

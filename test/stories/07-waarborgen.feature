# language: nl
Functionaliteit: Waarborgen tegen te veel claimen

  Scenario: Dezelfde bewoner, dezelfde dienst, binnen een jaar, bij twee organisaties
    Gegeven de prijslijst "kh-dubbel":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2024 | begeleiding | € 60,00 | gemeente     |
      | 1-1-2024 | dagbesteding | € 80,00 | gemeente    |
    En het programma van "dubbel-a" in Asten (GM0743):
      | wat             | waarde                  |
      | correctiefactor | 1,00                    |
      | prijslijst      | kh-dubbel               |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    En het programma van "dubbel-b" in Asten (GM0743):
      | wat             | waarde                  |
      | correctiefactor | 1,00                    |
      | prijslijst      | kh-dubbel               |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "dubbel-a":
      | casus | datum     | thema | bewoner | dienst       | aantal | kans  | bijdrage |
      | 1     | 1-2-2025  | 1     | x       | begeleiding  | 10     | zeker | zeker    |
      | 2     | 1-3-2025  | 1     | y       | begeleiding  | 10     | zeker | zeker    |
    En deze casussen binnenkomen van "dubbel-b":
      | casus | datum     | thema | bewoner | dienst       | aantal | kans  | bijdrage |
      | 1     | 1-10-2025 | 1     | x       | begeleiding  | 5      | zeker | zeker    |
      | 2     | 2-10-2025 | 1     | x       | dagbesteding | 1      | zeker | zeker    |
    Dan zijn dit mogelijke dubbele claims in "GM0743" over 2025:
      | casus      | dienst      | bedrag   | eerder geclaimd door |
      | dubbel-b-1 | begeleiding | € 300,00 | dubbel-a-1           |
    En is het totaal in "GM0743" over 2025 € 1.580,00, en € 1.280,00 zonder mogelijke dubbele claims

  Scenario: Er is niet meer bespaard dan er werkelijk was
    Gegeven de prijslijst "kh-plafond":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2024 | begeleiding | € 60,00 | gemeente     |
    En het programma van "plafond-a" in Deurne (GM0762):
      | wat             | waarde                        |
      | correctiefactor | 1,00                          |
      | prijslijst      | kh-plafond                    |
      | thema's         | 1 Meedoen                     |
      | kostenhouders   | gemeente (gemeentelijk)       |
      | plafond         | begeleiding in 2025: 100 keer |
    Als deze casussen binnenkomen van "plafond-a":
      | casus | datum    | thema | dienst      | aantal | kans  | bijdrage |
      | 1     | 1-2-2025 | 1     | begeleiding | 125    | zeker | zeker    |
    Dan zeggen de plafonds van "plafond-a" over 2025:
      | dienst      | geclaimd   | deel van het plafond | boven het plafond |
      | begeleiding | € 7.500,00 | 1,25                 | € 1.500,00        |

  Scenario: Na een half jaar tot een jaar gaan we na of het is uitgekomen
    Gegeven het programma van "navraag-a" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 1,00                    |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "navraag-a":
      | casus | datum    | thema | bedrag | kostenhouder | kans           | bijdrage | nagegaan op | uitkomst      |
      | 1     | 1-2-2025 | 1     | € 100  | gemeente     | zeker          | zeker    | 1-9-2025    | weg gebleven  |
      | 2     | 1-2-2025 | 1     | € 100  | gemeente     | zeker          | zeker    | 1-9-2025    | toch gebruikt |
      | 3     | 1-2-2025 | 1     | € 100  | gemeente     | waarschijnlijk | zeker    | 1-9-2025    | deels         |
      | 4     | 1-2-2025 | 1     | € 100  | gemeente     | waarschijnlijk | zeker    |             |               |
    # uitgekomen: (1 + ½) van de 3; geclaimd: (100 % + 100 % + 70 %) ÷ 3
    Dan zegt de navraag bij "navraag-a" over 2025 per thema:
      | thema | nagegaan | uitgekomen | geclaimd |
      | 1     | 3        | 0,50       | 0,90     |

  Scenario: Een team dat anders inschat dan de andere, valt op
    Gegeven het programma van "teams-a" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 1,00                    |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "teams-a":
      | casus | datum    | thema | team  | bedrag | kostenhouder | kans           | bijdrage |
      | 1     | 1-2-2025 | 1     | noord | € 100  | gemeente     | misschien      | zeker    |
      | 2     | 1-2-2025 | 1     | noord | € 100  | gemeente     | misschien      | zeker    |
      | 3     | 1-2-2025 | 1     | noord | € 100  | gemeente     | misschien      | zeker    |
      | 4     | 1-2-2025 | 1     | noord | € 100  | gemeente     | misschien      | zeker    |
      | 5     | 1-2-2025 | 1     | noord | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 6     | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 7     | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 8     | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 9     | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 10    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 11    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 12    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 13    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 14    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 15    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 16    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 17    | 1-2-2025 | 1     | oost  | € 100  | gemeente     | zeker          | zeker    |
      | 18    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 19    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 20    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 21    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 22    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 23    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 24    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 25    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 26    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 27    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
      | 28    | 1-2-2025 | 1     | west  | € 100  | gemeente     | zeker          | zeker    |
      | 29    | 1-2-2025 | 1     | west  | € 100  | gemeente     | waarschijnlijk | zeker    |
    # oost en west zeggen gemiddeld 85 %; noord 42 %
    Dan is de kans volgens de teams van "teams-a" over 2025:
      | team  | casussen | gemiddelde kans | valt op |
      | noord | 5        | 0,42            | ja      |
      | oost  | 12       | 0,85            | nee     |
      | west  | 12       | 0,85            | nee     |

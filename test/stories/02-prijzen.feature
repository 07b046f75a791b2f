# language: nl
Functionaliteit: Prijzen in de tijd
  De datum van de casus kiest de editie van de prijslijst. Een verbeterde editie waardeert haar casussen opnieuw, met
  een regel in het grootboek. Een oud jaar in nieuwe prijzen staat naast het vastgelegde cijfer, nooit eroverheen.

  Achtergrond:
    Gegeven de prijslijst "kh-prijzen":
      | vanaf    | dienst      | prijs    | kostenhouder    | verzilverbaar |
      | 1-1-2024 | begeleiding | € 60,00  | gemeente        | verzilverbaar |
      | 1-1-2024 | ggz-contact | € 127,00 | zorgverzekeraar | capaciteit    |
      | 1-1-2025 | begeleiding | € 66,00  | gemeente        | verzilverbaar |
      | 1-1-2025 | ggz-contact | € 130,00 | zorgverzekeraar | capaciteit    |

  Scenario: De datum kiest de prijs, en het oude jaar in nieuwe prijzen staat ernaast
    Gegeven het programma van "prijzen-a" in Deurne (GM0762):
      | wat             | waarde                                   |
      | correctiefactor | 0,50                                     |
      | prijslijst      | kh-prijzen                               |
      | thema's         | 1 Meedoen                                |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    Als deze casussen binnenkomen van "prijzen-a":
      | casus | datum      | thema | dienst      | aantal | bedrag | kostenhouder | kans  | bijdrage |
      | 1     | 31-12-2024 | 1     | begeleiding | 10     |        |              | zeker | zeker    |
      | 2     | 1-1-2025   | 1     | begeleiding | 10     |        |              | zeker | zeker    |
      | 3     | 5-5-2024   | 1     |             |        | € 100  | gemeente     | zeker | zeker    |
    Dan zijn de cijfers van "prijzen-a" over 2024, tegen de prijzen van 1-7-2025:
      | bruto    | gecorrigeerd | tegen deze prijzen |
      | € 700,00 | € 350,00     | € 380,00           |
    En zijn de cijfers van "prijzen-a" over 2025:
      | bruto    | gecorrigeerd |
      | € 660,00 | € 330,00     |

  Scenario: Elk totaal is te splitsen in geld dat vrijkomt, ruimte die vrijkomt, en geen van beide
    Gegeven het programma van "prijzen-b" in Deurne (GM0762):
      | wat             | waarde                                   |
      | correctiefactor | 1,00                                     |
      | prijslijst      | kh-prijzen                               |
      | thema's         | 1 Meedoen                                |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    Als deze casussen binnenkomen van "prijzen-b":
      | casus | datum    | thema | dienst      | aantal | bedrag | kostenhouder | kans  | bijdrage | verzilverbaar |
      | 1     | 1-2-2025 | 1     | begeleiding | 2      |        |              | zeker | zeker    |               |
      | 1     | 1-2-2025 | 1     | ggz-contact | 1      |        |              | zeker | zeker    |               |
      | 2     | 2-2-2025 | 1     |             |        | € 50   | gemeente     | zeker | zeker    | niet verzilverbaar |
    Dan zijn de cijfers van "prijzen-b" over 2025 per verzilverbaar:
      | verzilverbaar | gecorrigeerd |
      | capaciteit    | € 130,00     |
      | verzilverbaar | € 132,00     |
      | niet verzilverbaar | € 50,00      |
      | samen         | € 312,00     |

  Scenario: Een verbeterde editie waardeert haar casussen opnieuw; wat gezegd was, blijft na te lezen
    Gegeven de prijslijst "kh-fout":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2025 | begeleiding | € 66,00 | gemeente     |
    En het programma van "prijzen-c" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | prijslijst      | kh-fout                 |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "prijzen-c":
      | casus | datum    | thema | dienst      | aantal | kans  | bijdrage |
      | 1     | 1-2-2025 | 1     | begeleiding | 10     | zeker | zeker    |
    En we onthouden dit moment als "voor de verbetering"
    En de prijslijst wordt gewijzigd: "kh-fout":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2025 | begeleiding | € 60,00 | gemeente     |
    Dan zijn de cijfers van "prijzen-c" over 2025:
      | gecorrigeerd |
      | € 540,00     |
    En zijn de cijfers van "prijzen-c" over 2025, zoals bekend op "voor de verbetering":
      | gecorrigeerd |
      | € 594,00     |

# language: nl
Functionaliteit: Drie manieren van rekenen, en altijd twee portemonnees naast elkaar
  De Preventiecalculator (Haarlemmermeer) en de SROI (Twenterand) staan als volledige studies in test/scenarios.
  Hier staat hoe zij rekenen, met kleine getallen, en de derde vorm: het rendement per werksoort, zoals LEVgroep dat
  voor Deurne, Helmond en Son en Breugel liet zien ("een euro subsidie betaalt zich ongeveer twee keer terug").
  De casussen en subsidies zijn verzonnen; de prijzen komen uit de Kostenhandleiding (prijspeil 2022).

  Scenario: Preventiecalculator: kans keer bijdrage keer prijs, met een veiligheidsmarge
    Gegeven de prijslijst "kh-methode":
      | vanaf    | dienst      | eenheid | prijs   | kostenhouder |
      | 1-1-2019 | begeleiding | uur     | € 64,00 | gemeente     |
    En het programma van "meerwaarde-methode" in Haarlemmermeer (GM0394):
      | wat             | waarde                                  |
      | methode         | Preventiecalculator                     |
      | correctiefactor | 0,90                                    |
      | prijslijst      | kh-methode                              |
      | thema's         | 3 Kwetsbare inwoners                    |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    Als deze casussen binnenkomen van "meerwaarde-methode":
      | casus | datum     | thema | dienst      | aantal | bedrag   | kostenhouder    | kans           | bijdrage | soortgelijk | herhaling |
      | 1     | 17-3-2021 | 3     | begeleiding | 26     |          |                 | waarschijnlijk | zeker    | 12          | eenmalig  |
      | 2     | 18-3-2021 | 3     |             |        | € 1.000  | zorgverzekeraar | misschien      | zeker    | 1           | jaarlijks |
    # casus 1: 26 × € 64 × 70 % × 12 = € 13.977,60; casus 2: drie jaar € 350 = € 1.050
    Dan zijn de cijfers van "meerwaarde-methode" over 2021 per kostenhouder:
      | kostenhouder    | bruto       | gecorrigeerd | voor de gemeente |
      | gemeente        | € 13.977,60 | € 12.579,84  | € 12.579,84      |
      | zorgverzekeraar | € 1.050,00  | € 945,00     | € 0,00           |
      | samen           | € 15.027,60 | € 13.524,84  | € 12.579,84      |

  Scenario: SROI: wat de samenleving 13,8 keer terugkrijgt, kan de gemeente geld kosten
    Gegeven het programma van "gezinswerk-methode" in Twenterand (GM1700):
      | wat           | waarde                                   |
      | methode       | SROI                                     |
      | thema's       | gezin Gezinswerk                         |
      | kostenhouders | gemeente (gemeentelijk), zorgverzekeraar |
    Als deze casussen binnenkomen van "gezinswerk-methode":
      | casus | datum    | thema | ondersteuning          | kosten     | bedrag   | kostenhouder    | effect      | deadweight |
      | 1     | 3-2-2020 | gezin | complexe-problematiek  | € 4.000,00 | € 3.120  | gemeente        | escalaties  |            |
      | 1     | 3-2-2020 | gezin | complexe-problematiek  | € 4.000,00 | € 65.000 | zorgverzekeraar | zware-hulp  | 20         |
      | 2     | 4-2-2020 | gezin | lichte-ondersteuning   | € 500,00   | € 2.000  | gemeente        | schooluitval |           |
      | 3     | 5-2-2020 | gezin | niet-geanalyseerd      |            |          |                 |             |            |
    # Een casus die niet is geanalyseerd, telt mee in de casemix en niet in de euro's.
    Dan zijn de cijfers van "gezinswerk-methode" over 2020 per ondersteuning:
      | ondersteuning         | casussen | beoordeeld | kosten     | gecorrigeerd | rendement | voor de gemeente | rendement gemeente | saldo gemeente |
      | complexe-problematiek | 1        | 1          | € 4.000,00 | € 55.120,00  | 13,78     | € 3.120,00       | 0,78               | € -880,00      |
      | lichte-ondersteuning  | 1        | 1          | € 500,00   | € 2.000,00   | 4,00      | € 2.000,00       | 4,00               | € 1.500,00     |
      | niet-geanalyseerd     | 1        | 0          | € 0,00     | € 0,00       | –         | € 0,00           | –                  | –              |
      | samen                 | 3        | 2          | € 4.500,00 | € 57.120,00  | 12,69     | € 5.120,00       | 1,14               | € 620,00       |

  Scenario: SROI: wat later komt, neemt af en telt tegen een disconteringsvoet minder
    Gegeven het programma van "later-methode" in Twenterand (GM1700):
      | wat              | waarde                       |
      | methode          | SROI                         |
      | thema's          | gezin Gezinswerk             |
      | kostenhouders    | gemeente (gemeentelijk)      |
    Als deze casussen binnenkomen van "later-methode":
      | casus | datum    | thema | bedrag   | kostenhouder | herhaling | jaren | afname |
      | 1     | 3-2-2020 | gezin | € 1.000  | gemeente     | jaarlijks | 3     | 20     |
    # € 1.000 + € 800 + € 640
    Dan zijn de cijfers van "later-methode" over 2020:
      | gecorrigeerd |
      | € 2.440,00   |
    Als het programma van "later-methode" wordt gewijzigd:
      | wat              | waarde |
      | disconteringsvoet | 2,25 % |
    # € 1.000 + € 800 / 1,0225 + € 640 / 1,0225²
    Dan zijn de cijfers van "later-methode" over 2020:
      | gecorrigeerd |
      | € 2.394,54   |
    Als het programma van "later-methode" wordt gewijzigd:
      | wat              | waarde               |
      | disconteringsvoet | 2,25 %, ook jaar nul |
    Dan zijn de cijfers van "later-methode" over 2020:
      | gecorrigeerd |
      | € 2.341,85   |

  Scenario: LEVgroep: het rendement per werksoort, in drie gemeenten tegen hun subsidie
    Gegeven de prijslijst "kh-lev":
      | vanaf    | dienst        | eenheid | prijs    | kostenhouder    |
      | 1-1-2019 | begeleiding   | uur     | € 64,00  | gemeente        |
      | 1-1-2019 | dagactiviteit | dagdeel | € 83,29  | gemeente        |
      | 1-1-2019 | ggz-contact   | contact | € 127,00 | zorgverzekeraar |
      | 1-1-2019 | ggz-dag       | dag     | € 327,00 | zorgverzekeraar |
    En het programma van "levgroep" in Deurne (GM0762):
      | wat             | waarde                                   |
      | correctiefactor | 0,90                                     |
      | prijslijst      | kh-lev                                   |
      | thema's         | 1 Meedoen                                |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
      | werksoorten     | wijkwerk, jongerenwerk, opbouwwerk, raadsliedenwerk, mantelzorgondersteuning, vluchtelingenwerk, vrijwilligersondersteuning |
    En het programma van "levgroep" in Helmond (GM0794):
      | wat             | waarde                                   |
      | correctiefactor | 0,90                                     |
      | prijslijst      | kh-lev                                   |
      | thema's         | 1 Meedoen                                |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    En het programma van "levgroep" in Son en Breugel (GM0848):
      | wat             | waarde                                   |
      | correctiefactor | 0,90                                     |
      | prijslijst      | kh-lev                                   |
      | thema's         | 1 Meedoen                                |
      | kostenhouders   | gemeente (gemeentelijk), zorgverzekeraar |
    En de subsidies van "levgroep" in Deurne (GM0762) over 2019:
      | werksoort    | subsidie  |
      | wijkwerk     | € 100.000 |
      | jongerenwerk | € 50.000  |
    En de subsidies van "levgroep" in Helmond (GM0794) over 2019:
      | werksoort               | subsidie  |
      | wijkwerk                | € 110.000 |
      | vluchtelingenwerk       | € 45.000  |
      | mantelzorgondersteuning | € 30.000  |
    En de subsidies van "levgroep" in Son en Breugel (GM0848) over 2019:
      | werksoort  | subsidie |
      | wijkwerk   | € 25.000 |
      | opbouwwerk | € 10.000 |
    Als deze casussen binnenkomen van "levgroep" in GM0762:
      | casus | datum     | thema | werksoort    | dienst      | aantal | kans           | bijdrage       | soortgelijk |
      | d1    | 11-3-2019 | 1     | wijkwerk     | begeleiding | 26     | zeker          | waarschijnlijk | 200         |
      | d2    | 5-6-2019  | 1     | jongerenwerk | ggz-dag     | 10     | waarschijnlijk | waarschijnlijk | 80          |
    En deze casussen binnenkomen van "levgroep" in GM0794:
      | casus | datum     | thema | werksoort               | dienst        | aantal | kans           | bijdrage  | soortgelijk |
      | h1    | 1-2-2019  | 1     | wijkwerk                | ggz-contact   | 12     | zeker          | zeker     | 150         |
      | h2    | 30-9-2019 | 1     | vluchtelingenwerk       | begeleiding   | 40     | misschien      | zeker     | 120         |
      | h3    | 2-12-2019 | 1     | mantelzorgondersteuning | dagactiviteit | 52     | waarschijnlijk | misschien | 60          |
    En deze casussen binnenkomen van "levgroep" in GM0848:
      | casus | datum    | thema | werksoort | dienst      | aantal | kans  | bijdrage       | soortgelijk |
      | s1    | 8-4-2019 | 1     | wijkwerk  | begeleiding | 20     | zeker | waarschijnlijk | 70          |
    Dan zijn de cijfers van "levgroep" over 2019 per werksoort:
      | werksoort               | vertegenwoordigd | subsidie     | gecorrigeerd | rendement | rendement gemeente |
      | jongerenwerk            | 80               | € 50.000,00  | € 115.365,60 | 2,31      | 0,00               |
      | mantelzorgondersteuning | 60               | € 30.000,00  | € 57.300,19  | 1,91      | 1,91               |
      | vluchtelingenwerk       | 120              | € 45.000,00  | € 96.768,00  | 2,15      | 2,15               |
      | wijkwerk                | 420              | € 235.000,00 | € 471.852,00 | 2,01      | 1,13               |
      | samen                   | 680              | € 370.000,00 | € 741.285,79 | 2,00      | 1,14               |
    En zijn de cijfers van "levgroep" over 2019 per gemeente:
      | gemeente | subsidie     | gecorrigeerd | rendement |
      | GM0762   | € 150.000,00 | € 325.029,60 | 2,17      |
      | GM0794   | € 185.000,00 | € 359.808,19 | 1,94      |
      | GM0848   | € 35.000,00  | € 56.448,00  | 1,61      |

# language: nl
Functionaliteit: Zoals gerapporteerd
  Wat aan de raad is gemeld, blijft staan. Wat later binnenkomt of verbetert, staat op een eigen regel "na afsluiting".
  Een buitenstaander kan een afsluiting narekenen met een klein programma.

  Achtergrond:
    Gegeven de prijslijst "kh-sluiten":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2024 | begeleiding | € 60,00 | gemeente     |

  Scenario: Een afgesloten jaar blijft zoals het is gerapporteerd
    Gegeven het programma van "sluiten-a" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | prijslijst      | kh-sluiten              |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "sluiten-a":
      | casus | datum    | thema | dienst      | aantal | kans  | bijdrage |
      | 1     | 1-2-2024 | 1     | begeleiding | 10     | zeker | zeker    |
      | 2     | 1-3-2024 | 1     | begeleiding | 20     | zeker | zeker    |
    En 2024 van "sluiten-a" wordt afgesloten
    En deze casussen binnenkomen van "sluiten-a":
      | casus | versie | datum     | thema | dienst      | aantal | kans  | bijdrage |
      | 2     | 2      | 1-3-2024  | 1     | begeleiding | 25     | zeker | zeker    |
      | 3     | 1      | 9-12-2024 | 1     | begeleiding | 1      | zeker | zeker    |
    En casus "1" van "sluiten-a" wordt ingetrokken
    Dan zegt de afsluiting van 2024 van "sluiten-a":
      | regel                 | gecorrigeerd |
      | Gerapporteerd         | € 1.620,00   |
      | Nieuwe casussen       | € 54,00      |
      | Ingetrokken casussen  | € -540,00    |
      | Hoeveelheid per casus | € 270,00     |
      | Na afsluiting         | € -216,00    |
      | Nu                    | € 1.404,00   |

  Scenario: Een buitenstaander rekent een afsluiting na
    Gegeven het programma van "sluiten-b" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | prijslijst      | kh-sluiten              |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "sluiten-b":
      | casus | datum    | thema | dienst      | aantal | kans           | bijdrage  | soortgelijk | herhaling |
      | 1     | 1-2-2024 | 1     | begeleiding | 10     | waarschijnlijk | misschien | 7           | jaarlijks |
      | 2     | 1-3-2024 | 1     |             |        |                |           |             |           |
    En 2024 van "sluiten-b" wordt afgesloten
    Dan rekent een buitenstaander de bundel van 2024 van "sluiten-b" na en komt hij op hetzelfde uit
    En valt het op als in de bundel van 2024 van "sluiten-b" € 60,00 in € 60,01 verandert
    Als de prijslijst wordt gewijzigd: "kh-sluiten":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2024 | begeleiding | € 50,00 | gemeente     |
    Dan rekent een buitenstaander de bundel van 2024 van "sluiten-b" na en komt hij op hetzelfde uit

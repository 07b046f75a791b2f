# language: nl
Functionaliteit: Geen bewoner herkenbaar in kleine aantallen
  Wie geen recht op details heeft, ziet geen cijfer van minder dan vijf casussen, ook niet door af te trekken.

  Scenario: Een klein thema wordt afgeschermd, en een tweede zodat niemand het kan terugrekenen
    Gegeven het programma van "klein-a" in Deurne (GM0762):
      | wat             | waarde                                |
      | correctiefactor | 1,00                                  |
      | thema's         | 1 Meedoen, 2 Opgroeien, 3 Gezondheid  |
      | kostenhouders   | gemeente (gemeentelijk)               |
    Als deze casussen binnenkomen van "klein-a":
      | casus | datum    | thema | bedrag | kostenhouder | kans  | bijdrage |
      | 1     | 1-2-2025 | 1     | € 100  | gemeente     | zeker | zeker    |
      | 2     | 1-2-2025 | 1     | € 100  | gemeente     | zeker | zeker    |
      | 3     | 1-2-2025 | 2     | € 100  | gemeente     | zeker | zeker    |
      | 4     | 1-2-2025 | 2     | € 100  | gemeente     | zeker | zeker    |
      | 5     | 1-2-2025 | 2     | € 100  | gemeente     | zeker | zeker    |
      | 6     | 1-2-2025 | 2     | € 100  | gemeente     | zeker | zeker    |
      | 7     | 1-2-2025 | 2     | € 100  | gemeente     | zeker | zeker    |
      | 8     | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
      | 9     | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
      | 10    | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
      | 11    | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
      | 12    | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
      | 13    | 1-2-2025 | 3     | € 100  | gemeente     | zeker | zeker    |
    Dan ziet een lezer zonder detailrecht van "klein-a" over 2025 per thema:
      | thema | casussen    | gecorrigeerd |
      | 1     | afgeschermd | afgeschermd  |
      | 2     | afgeschermd | afgeschermd  |
      | 3     | 6           | € 600,00     |
      | samen | 13          | € 1.300,00   |
    En mag een lezer zonder detailrecht casus "1" van "klein-a" niet zien

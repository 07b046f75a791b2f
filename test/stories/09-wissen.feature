# language: nl
Functionaliteit: Een casus op verzoek wissen
  Alles wat de bewoner kan aanwijzen, verdwijnt. De totalen volgen als verbetering met de oorzaak "gewist".

  Scenario: Wat herkenbaar is verdwijnt, wat gerapporteerd was blijft, en er is een bewijs
    Gegeven het programma van "wissen-a" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "wissen-a":
      | casus   | versie | datum    | thema | bewoner | bedrag | kostenhouder | kans  | bijdrage |
      | zeven   | 1      | 1-2-2025 | 1     | x       | € 100  | gemeente     | zeker | zeker    |
      | zeven   | 2      | 1-2-2025 | 1     | x       | € 200  | gemeente     | zeker | zeker    |
      | acht    | 1      | 1-2-2025 | 1     | y       | € 500  | gemeente     | zeker | zeker    |
    En we onthouden dit moment als "voor het wissen"
    En casus "zeven" van "wissen-a" op verzoek van de bewoner wordt gewist
    Dan staat er van casus "zeven" van "wissen-a" niets herkenbaars meer in de database
    En zegt het bewijs van wissen dat 2 gebeurtenissen zijn verwijderd, en € 180,00 van het totaal is gegaan
    En is het verschil voor "wissen-a" over 2025 tussen "voor het wissen" en nu:
      | oorzaak         | gecorrigeerd |
      | Was             | € 630,00     |
      | Gewiste casussen | € -180,00   |
      | Is              | € 450,00     |
    En zijn de cijfers van "wissen-a" over 2025, zoals bekend op "voor het wissen":
      | gecorrigeerd |
      | € 630,00     |

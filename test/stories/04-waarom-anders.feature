# language: nl
Functionaliteit: Waarom is het cijfer anders?
  Elk verschil valt uiteen in oorzaken die tot op de laatste euro optellen: tussen twee momenten (wat wisten we toen, wat
  weten we nu) en tussen twee periodes.

  Scenario: Tussen toen en nu: elke oorzaak met haar euro's
    Gegeven de prijslijst "kh-waarom":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2025 | begeleiding | € 60,00 | gemeente     |
    En het programma van "waarom-a" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | prijslijst      | kh-waarom               |
      | thema's         | 1 Meedoen               |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "waarom-a":
      | casus | datum    | thema | dienst      | aantal | kans           | bijdrage |
      | 1     | 1-2-2025 | 1     | begeleiding | 10     | zeker          | zeker    |
      | 2     | 1-3-2025 | 1     | begeleiding | 10     | waarschijnlijk | zeker    |
      | 3     | 1-4-2025 | 1     | begeleiding | 10     | zeker          | zeker    |
    En we onthouden dit moment als "de raadsvergadering"
    En deze casussen binnenkomen van "waarom-a":
      | casus | versie | datum    | thema | dienst      | aantal | kans  | bijdrage | soortgelijk |
      | 1     | 2      | 1-2-2025 | 1     | begeleiding | 12     | zeker | zeker    |             |
      | 2     | 2      | 1-3-2025 | 1     | begeleiding | 10     | zeker | zeker    |             |
      | 3     | 2      | 1-4-2025 | 1     | begeleiding | 10     | zeker | zeker    | 2           |
      | 4     | 1      | 1-5-2025 | 1     | begeleiding | 1      | zeker | zeker    |             |
    En de prijslijst wordt gewijzigd: "kh-waarom":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2025 | begeleiding | € 61,00 | gemeente     |
    En het programma van "waarom-a" wordt gewijzigd:
      | wat             | waarde |
      | correctiefactor | 0,80   |
    En casus "3" van "waarom-a" wordt ingetrokken
    # 43 uur × € 1 × 0,90 = € 38,70 door de prijs; 43 × € 61 × −0,10 = € −262,30 door de factor
    Dan is het verschil voor "waarom-a" over 2025 tussen "de raadsvergadering" en nu:
      | oorzaak                  | gecorrigeerd |
      | Was                      | € 1.458,00   |
      | Nieuwe casussen          | € 54,00      |
      | Gewijzigde casussen      | € 540,00     |
      | Ingetrokken casussen     | € -976,00    |
      | Prijzen                  | € 38,70      |
      | Kans, bijdrage en aftrek | € 162,00     |
      | Hoeveelheid per casus    | € 108,00     |
      | Correctiefactor          | € -262,30    |
      | Is                       | € 1.122,40   |

  Scenario: Tussen twee jaren: volume, samenstelling, waarde per casus, prijzen en factor
    Gegeven de prijslijst "kh-jaren":
      | vanaf    | dienst      | prijs   | kostenhouder |
      | 1-1-2024 | begeleiding | € 60,00 | gemeente     |
      | 1-1-2025 | begeleiding | € 66,00 | gemeente     |
    En het programma van "waarom-b" in Deurne (GM0762):
      | wat             | waarde                  |
      | correctiefactor | 0,90                    |
      | prijslijst      | kh-jaren                |
      | thema's         | 1 Meedoen, 2 Opgroeien  |
      | kostenhouders   | gemeente (gemeentelijk) |
    Als deze casussen binnenkomen van "waarom-b":
      | casus | datum    | thema | dienst      | aantal | kans  | bijdrage |
      | 1     | 1-2-2024 | 1     | begeleiding | 10     | zeker | zeker    |
      | 2     | 1-3-2024 | 2     | begeleiding | 20     | zeker | zeker    |
      | 3     | 1-2-2025 | 1     | begeleiding | 10     | zeker | zeker    |
      | 4     | 1-3-2025 | 2     | begeleiding | 20     | zeker | zeker    |
      | 5     | 1-4-2025 | 2     | begeleiding | 23     | zeker | zeker    |
    # Gemiddeld € 810 per casus: één casus meer is € 810. Twee van de drie in thema 2 in plaats van één van de twee:
    # € 540 + 2 × € 1.080 − 3 × € 810 = € 270. Drie uur meer is € 162 in de prijzen van 2024; 53 uur × € 6 × 0,90 = € 286,20.
    Dan is het verschil voor "waarom-b" tussen 2024 en 2025:
      | oorzaak                       | gecorrigeerd |
      | Was                           | € 1.620,00   |
      | Aantal casussen               | € 810,00     |
      | Samenstelling van de casussen | € 270,00     |
      | Waarde per casus              | € 162,00     |
      | Prijzen                       | € 286,20     |
      | Is                            | € 3.148,20   |
    En is het verschil voor "waarom-b" tussen 1-1-2025 t/m 28-2-2025 en dezelfde dagen een jaar eerder:
      | oorzaak                      | gecorrigeerd |
      | Was                          | € 540,00     |
      | Prijzen                      | € 54,00      |
      | Is                           | € 594,00     |

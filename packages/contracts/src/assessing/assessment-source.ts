/** Source of the events that are made on the board: assessments of cases that other sources delivered. */
export const ASSESSMENT_SOURCE = 'urn:effectstroom:beoordelen';

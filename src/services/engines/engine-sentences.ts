/** Kept in every translation. */
export const YEAR = '2030';

// A placeholder, a number, a name, emphasis, and a long one: what engines stumble over.
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Read the plan at https://example.eu/plan before the meeting.',
    `By ${YEAR} every second journey should be made by train.`,
    'Agnieszka Kowalska from Łódź proposed this idea.',
    'We need **more night trains**, and soon.',
    'Although many cities have built new tram lines in recent years, people in villages still depend on their cars, because buses run rarely, end early in the evening, and do not wait for a train that is late.',
  ],
  es: [
    'Lea el plan en https://example.eu/plan antes de la reunión.',
    `En ${YEAR} uno de cada dos viajes debería hacerse en tren.`,
    'Agnieszka Kowalska, de Łódź, propuso esta idea.',
    'Necesitamos **más trenes nocturnos**, y pronto.',
    'Aunque muchas ciudades han construido nuevas líneas de tranvía en los últimos años, la gente de los pueblos sigue dependiendo del coche, porque los autobuses pasan pocas veces, terminan pronto por la tarde y no esperan a un tren que llega con retraso.',
  ],
  fr: [
    'Lisez le plan sur https://example.eu/plan avant la réunion.',
    `En ${YEAR}, un voyage sur deux devrait se faire en train.`,
    'Agnieszka Kowalska, de Łódź, a proposé cette idée.',
    'Il nous faut **plus de trains de nuit**, et vite.',
    'Bien que de nombreuses villes aient construit de nouvelles lignes de tramway ces dernières années, les habitants des villages dépendent encore de leur voiture, parce que les bus sont rares, s’arrêtent tôt le soir et n’attendent pas un train en retard.',
  ],
  de: [
    'Lesen Sie den Plan auf https://example.eu/plan vor der Sitzung.',
    `Bis ${YEAR} soll jede zweite Reise mit dem Zug gemacht werden.`,
    'Agnieszka Kowalska aus Łódź hat diese Idee vorgeschlagen.',
    'Wir brauchen **mehr Nachtzüge**, und zwar bald.',
    'Obwohl viele Städte in den letzten Jahren neue Straßenbahnen gebaut haben, sind die Leute in den Dörfern weiter auf ihr Auto angewiesen, weil Busse selten fahren, früh am Abend enden und nicht auf einen Zug warten, der Verspätung hat.',
  ],
};

/** Five sentences in one of the languages that have them. */
export function sentencesIn(language: string): readonly string[] {
  return SENTENCES[language] ?? [];
}

/** The languages there are sentences in, the most likely to be served first. */
export const SENTENCE_LANGUAGES: readonly string[] = Object.keys(SENTENCES);

const WHO = ['La ciudad', 'Nuestra escuela', 'El gobierno', 'Una familia', 'La ciudadanía'];
const DOES = ['necesita', 'quiere', 'propone', 'pide'];
const WHAT = [
  'más trenes nocturnos para los jóvenes',
  'una energía limpia y barata',
  'mejores hospitales en el campo',
  'un transporte público gratuito',
  'menos plástico en los mares de Europa',
  'libros nuevos y profesores contentos',
  'una casa digna para cada persona',
  'reglas claras sobre los datos personales',
  'aire limpio (y árboles) en 2030',
  'el 50 % de los fondos europeos',
];

/** 200 different simple sentences in Spanish. */
export function spanishSentences(): string[] {
  return WHO.flatMap((who) => DOES.flatMap((does) => WHAT.map((what) => `${who} ${does} ${what}.`)));
}

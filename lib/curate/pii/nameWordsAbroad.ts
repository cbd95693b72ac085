const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** German, French, Spanish, Italian, Portuguese and Dutch titles that stand before a person's name, in lower case. */
export const titlesAbroad =
  set(`herr herrn frau fräulein doktor monsieur m mme mlle madame mademoiselle me docteur professeur maître señor señora señorita
don doña sr sra srta dr dra doctora signor signora signore signorina sig dott dottor dottore dottoressa professoressa prof
ingegner avvocato avv senhor senhora dom dona meneer mevrouw dhr mevr pan pani herra rouva fru`);

/** Words of these languages of which the next is a person: greetings, roles, verbs of speech. */
export const personBeforeAbroad =
  set(`selon secondo según laut kläger klägerin moderator moderatorin sprecher sprecherin nachbar nachbarin liebe lieber hallo guten danke grüße gruß grüßen patient patientin kunde kundin kollege kollegin chef chefin leiter leiterin
direktor direktorin präsident präsidentin minister ministerin mutter vater bruder schwester freund freundin lehrer lehrerin
namens heißt bin bonjour salut cher chère merci coucou patiente client cliente collègue directeur directrice président
présidente maire ministre mère père frère sœur ami amie mari femme fils fille professeur nommé nommée appelle suis hola
querido querida estimado estimada gracias paciente vecino vecina alcalde alcaldesa director directora presidente presidenta
ministro ministra madre padre hermano hermana amigo amiga esposo esposa hijo hija profesor profesora llamo soy ciao caro cara
gentile grazie paziente direttore direttrice sindaco sindaca presidentessa fratello sorella amico amica marito moglie figlio
figlia chiamo sono olá prezado prezada obrigado obrigada beste hoi bedankt`);

/** Verbs and nouns of these languages that a person stands before. */
export const personAfterAbroad =
  set(`sagte sagt erklärte meinte fragte antwortete schrieb wohnt lebt arbeitet wurde hat hatte habe ist war kam ging a avait est
était dit déclaré explique expliqua habite travaille vit écrit née né dijo explicó explica vive trabaja escribió nació ha es
fue era declaró inauguró ha disse spiegò spiega abita lavora scrive scrisse nata nato era fu è disse mora trabalha`);

/** Words of these languages that begin a sentence or a letter in capitals, days, months and what else is no name. */
export const ordinaryAbroad =
  set(`der die das ein eine einer er sie es wir ihr ich und oder aber unser unsere unserem unserer mein meine dein deine ihre sein seine telefon telefax adresse anschrift konto rückfragen straße wenn weil dass nicht mit von zu im in am an auf bei nach vor für
über unter durch heute gestern morgen hier dort dann danach jetzt noch schon auch nur sehr sehr viele alle diese dieser dieses
bitte danke vielen dank guten tag morgen abend liebe lieber sehr geehrte geehrter hallo grüße grüßen gruß freundlichen mit
besten herzliche herzlichen montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni
juli august september oktober november dezember le la les un une des du de il elle on nous vous ils elles je tu et ou mais
si quand que qui ne pas avec dans sur sous par pour chez hier aujourd'hui demain ici là puis alors votre notre leur son sa
ses mon ma mes ce cet cette ces merci bonjour bonsoir salut cher chère cordialement bien téléphone compte lundi mardi mercredi jeudi vendredi
samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre el los las unos unas al
y o pero cuando porque no con en sobre por para ayer hoy mañana aquí allí entonces su sus mi mis tu tus este esta estos
estas ese esa hola gracias buenos buenas días tardes noches estimado estimada un saludo saludos atentamente cordialmente teléfono dirección cuenta
lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre
noviembre diciembre lo gli uno una nel nella del della dei delle dal dalla sul sulla ma se quando perché non con su per tra
fra ieri oggi domani qui lì poi allora il suo la sua mio mia tuo tua questo questa quello quella ciao grazie buongiorno
buonasera gentile cordiali distinti saluti lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo
aprile maggio giugno luglio agosto settembre ottobre novembre dicembre ontem hoje amanhã obrigado obrigada olá het een de
maar gisteren vandaag dag groet groeten met vriendelijke ook wij hij zij`);

/** Function words by which a language that writes nouns small is told (French, Spanish, Italian, Portuguese). */
export const romanceWords =
  set(`le la les des une est dans pour que qui avec pas sur par vous nous votre el los las una es en por con para del su il lo gli
di che non una della nel con sono ha è o os uma não da em na ao`);

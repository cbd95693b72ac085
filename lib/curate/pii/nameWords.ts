const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Titles that stand before a person's name, in lower case. */
export const titles =
  set(`mr mrs ms miss mx dr prof professor sir lady lord madam madame mme mlle monsieur herr frau señor señora
sr sra dame rev reverend father sister brother captain capt lt lieutenant sgt sergeant col colonel gen general major judge
justice senator sen president governor gov officer detective inspector king queen prince princess pope saint aunt uncle
chancellor minister coach nurse doctor attorney hon`);

/** Words within a name that are written small. */
export const particles = set(
  "de da do dos das del della di van von der den dem ter ten te la le du des bin ibn bint al el abu ben y e i af av zu zur o ap"
);

/** Verbs and nouns that a person stands before. */
export const personAfter =
  set(`said says say asked asks told tells replied wrote writes thinks thought knows knew called calls
spoke speaks smiled laughed sighed nodded cried whispered shouted answered explained added argued claimed insisted joked
recalled remembers remembered loves loved hates lives lived married died born works worked listed spent moved joined
studied graduated retired sings sang wants likes liked feels felt went goes plays played wins won met meets visits visited
lost talks talked refuses refused agrees agreed believes lives himself herself who whom has had is was will`);

/** What people have, behind "'s". */
export const personHas =
  set(`mother father wife husband son daughter brother sister family friend friends parents home house address
phone number email name birthday killers killer death life book books song songs poem work office account boss hair eyes
voice face hand hands head heart mind car dog cat room desk job office doctor lawyer wedding funeral childhood novel diary`);

/** What is called after a person, behind the name without "'s". */
export const personWorks = set(
  "novel novels concert album song poem painting biography memoir interview portrait sonata symphony biopic autograph"
);

/** Words of which the next is a person. */
export const personBefore =
  set(`named called name actor actress singer author writer director founder founders president ceo
chairman manager doctor lawyer friend friends wife husband son daughter brother sister mother father colleague boss partner
teacher professor minister senator artist composer songwriter musician player coach guitarist drummer bassist bishop poet
novelist nominee candidate patient dear hi hello hey thanks sincerely regards cheers love yours bye goodbye attn contact
customer client employee mum mom dad uncle aunt grandma grandpa signed met marry married by with for from and ask tell told
about as said asked replied says heard inventor sergeant detective secretary assistant intern engineer recipient sender
add invite hire thank visit help attendee guest witness suspect defendant plaintiff nephew niece cousin
landlord landlady tenant neighbour neighbor roommate plumber interviewed`);

/** Of those, words that stand before other capitals as often. */
export const weakBefore = set(
  "add invite hire thank visit help for from by with and about as contact love called partner founder client customer manager director president patient"
);

/** Prepositions of place. */
export const placeBefore = set(
  "in at near from to around across outside inside into toward towards via southern northern eastern western central north south east west downtown greater upper lower"
);

/** Nouns that make the capitals before them no person. */
export const otherHeads =
  set(`inc ltd llc corp corporation company co gmbh plc ag ab as oy bv nv sa srl group holdings partners
associates bank university college school institute orchestra hospital church museum hotel restaurant airport station
street avenue road lane park bridge river lake mountain island county city town village state province district region
award prize cup league team band club party party's foundation association society union council committee ministry
department agency office store shop center centre theatre theater hall tower building act law rights war battle treaty
times post journal magazine news weekly daily press records studios pictures games systems solutions technologies
software labs industries services insurance capital ventures airlines motors festival day album theory syndrome disease
effect theorem principle method algorithm scale test house palace castle square gate plaza market beach bay valley hills
orchestra's collection series show project program system network enterprise enterprises international global sons bros
brothers`);

/** Words that are capitals for other reasons: days, months, peoples, tongues, faiths, brands that everybody knows. */
export const otherCapitals =
  set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december christmas easter thanksgiving ramadan hanukkah halloween english french german
spanish italian portuguese dutch russian chinese japanese korean arabic hebrew greek latin turkish polish swedish norwegian
danish finnish american british european african asian indian mexican canadian australian irish scottish welsh christian
muslim jewish buddhist hindu catholic protestant islam christianity bible internet google facebook twitter amazon apple
microsoft youtube instagram netflix wikipedia linkedin whatsapp skype paypal visa mastercard iban ssn dob usa uk eu un nato
fbi cia nasa ceo cfo cto phd mba atm pin id faq pdf url html api sql gps dna hiv aids tv dvd cd pc ok pm am bot user
address phone email e-mail website tel fax mobile zip name date subject re cc bcc question answer note p.s paris london
berlin madrid rome moscow tokyo beijing shanghai delhi mumbai sydney melbourne toronto montreal vancouver chicago boston
york angeles vegas washington texas california florida francisco seattle atlanta dallas houston denver miami oxford
cambridge manchester liverpool edinburgh glasgow dublin amsterdam brussels vienna zurich geneva munich hamburg stockholm
copenhagen oslo helsinki warsaw prague budapest athens istanbul cairo lagos nairobi singapore bangkok jakarta manila seoul
europe asia africa america atlantic pacific mediterranean hollywood`);

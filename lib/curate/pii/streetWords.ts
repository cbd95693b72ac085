const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that end or begin a street's name, in lower case, and the same cut short. */
export const streetTypes =
  set(`street st str road rd avenue ave av lane ln drive dr boulevard blvd bvd court ct place pl
square sq squares terrace terrasse ter way highway hwy parkway pkwy circle cir trail trl crescent cres close row walk mews gardens
grove rise hill plaza alley loop path pike turnpike ridge cove point pt crossing xing heights hts bend run pass view
expressway freeway fwy motorway bypass causeway esplanade promenade parade quay wharf bridge streets roads avenues lanes
rue passage voie sentier chaussée cité chemin allée allee impasse quai route cours faubourg via viale vicolo lungomare salita rotonda incrocio borgo corso piazza piazzale largo strada contrada
calle glorieta rambla cuesta senda bajada subida escalinata urbanización carretera pasaje parque barrio avenida avda carrera camino paseo plaza plazuela ronda travesía callejón rua travessa praça alameda estrada rodovia
straße strasse weg platz allee gasse ring damm ufer chaussee stieg steig laan straat plein gracht kade dijk singel dreef
gata gatan gate gaten vei veien veg vegen väg vägen plads vej gade stræde allé torv katu tie kuja polku puistotie ulica
ul ulice al aleja aleje plac osiedle os náměstí nábřeží třída cesta trg ulița bulevardul strada calea utca u út útja tér
tere körút krt sor sétány köz dűlő улица ул проспект пр переулок площадь вулиця οδός sokak sokağı cadde caddesi cad jalan
jl jln marg nagar dori`);

/** What a compound street name ends in, where type and name are one word. */
export const streetEnding =
  /.{2}(?:stra(?:ß|ss)e|str|gasse|weg|platz|allee|damm|ufer|straat|laan|plein|gracht|kade|dijk|singel|hof|hove|dreef|gata|gatan|gate|gaten|vei|veien|veg|vegen|väg|vägen|vej|gade|stræde|allé|torv|katu|tie|kuja|polku|raitti|stígur|vegur|stræti|braut|götu|gatu|utca|stien|bakken|toften|parken|marken|haven|svinget|street|road|lane)$/u;

/** Streets' and places' words that come between capitals in a name. */
export const linking = set(
  "de la le les des du da do dos das del della di d' l' van von der den het ten ter op am an im in auf zum zur and y e el los las of the i"
);

/** Words before the number of a flat, a floor or a box. */
export const unitWords = set(
  "apt apartment suite ste unit flat floor fl room rm building bldg box no nr lgh etage wohnung piso depto dpto apto appt bât bâtiment interior int ajtó emelet lok m byt door block tower lot trailer penthouse"
);

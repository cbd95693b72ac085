/** Codes of countries and territories, ISO 3166-1 alpha-2. */
export const countryCodes: ReadonlySet<string> = new Set(
  `AC AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BU BV
BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CS CU CV CW CX CY CZ DD DE DG DJ DK DM DO DY DZ EA EC EE
EG EH ER ES ET FI FJ FK FM FO FR FX GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU
HV IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV
LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NH NI NL NO NP NR NU NZ
OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RH RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR
SS ST SU SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TP TR TT TV TW TZ UA UG UK UM US UY UZ VA VC VD VE VG
VI VN VU WF WS XK YD YE YT YU ZA ZM ZR ZW`.split(/\s+/)
);

/** Names of countries and territories in English, lower case, as CLDR has them, and usual others. */
export const countryNames: ReadonlySet<string> = new Set(
  `Ascension Island; Andorra; United Arab Emirates; Afghanistan; Antigua and Barbuda; Anguilla; Albania; Armenia;
Curaçao; Angola; Antarctica; Argentina; American Samoa; Austria; Australia; Aruba; Åland Islands; Azerbaijan;
Bosnia and Herzegovina; Barbados; Bangladesh; Belgium; Burkina Faso; Bulgaria; Bahrain; Burundi; Benin;
St. Barthélemy; Bermuda; Brunei; Bolivia; Caribbean Netherlands; Brazil; Bahamas; Bhutan; Myanmar;
Bouvet Island; Botswana; Belarus; Belize; Canada; Cocos Islands; Congo - Kinshasa; Central African Republic;
Congo - Brazzaville; Switzerland; Côte d'Ivoire; Cook Islands; Chile; Cameroon; China; Colombia;
Clipperton Island; Sark; Costa Rica; Serbia; Cuba; Cape Verde; Curaçao; Christmas Island; Cyprus; Czechia;
Germany; Germany; Diego Garcia; Djibouti; Denmark; Dominica; Dominican Republic; Benin; Algeria;
Ceuta and Melilla; Ecuador; Estonia; Egypt; Western Sahara; Eritrea; Spain; Ethiopia; Finland; Fiji;
Falkland Islands; Micronesia; Faroe Islands; France; France; Gabon; United Kingdom; Grenada; Georgia;
French Guiana; Guernsey; Ghana; Gibraltar; Greenland; Gambia; Guinea; Guadeloupe; Equatorial Guinea; Greece;
South Georgia and South Sandwich Islands; Guatemala; Guam; Guinea-Bissau; Guyana; Hong Kong SAR China;
Heard and McDonald Islands; Honduras; Croatia; Haiti; Hungary; Burkina Faso; Canary Islands; Indonesia;
Ireland; Israel; Isle of Man; India; British Indian Ocean Territory; Iraq; Iran; Iceland; Italy; Jersey;
Jamaica; Jordan; Japan; Kenya; Kyrgyzstan; Cambodia; Kiribati; Comoros; St. Kitts and Nevis; North Korea;
South Korea; Kuwait; Cayman Islands; Kazakhstan; Laos; Lebanon; St. Lucia; Liechtenstein; Sri Lanka; Liberia;
Lesotho; Lithuania; Luxembourg; Latvia; Libya; Morocco; Monaco; Moldova; Montenegro; St. Martin; Madagascar;
Marshall Islands; North Macedonia; Mali; Myanmar; Mongolia; Macao SAR China; Northern Mariana Islands;
Martinique; Mauritania; Montserrat; Malta; Mauritius; Maldives; Malawi; Mexico; Malaysia; Mozambique; Namibia;
New Caledonia; Niger; Norfolk Island; Nigeria; Vanuatu; Nicaragua; Netherlands; Norway; Nepal; Nauru; Niue;
New Zealand; Oman; Panama; Peru; French Polynesia; Papua New Guinea; Philippines; Pakistan; Poland;
St. Pierre and Miquelon; Pitcairn Islands; Puerto Rico; Palestinian Territories; Portugal; Palau; Paraguay;
Qatar; Réunion; Zimbabwe; Romania; Serbia; Russia; Rwanda; Saudi Arabia; Solomon Islands; Seychelles; Sudan;
Sweden; Singapore; St. Helena; Slovenia; Svalbard and Jan Mayen; Slovakia; Sierra Leone; San Marino; Senegal;
Somalia; Suriname; South Sudan; São Tomé and Príncipe; Russia; El Salvador; Sint Maarten; Syria; Eswatini;
Tristan da Cunha; Turks and Caicos Islands; Chad; French Southern Territories; Togo; Thailand; Tajikistan;
Tokelau; Timor-Leste; Turkmenistan; Tunisia; Tonga; Timor-Leste; Türkiye; Trinidad and Tobago; Tuvalu; Taiwan;
Tanzania; Ukraine; Uganda; United Kingdom; U.S. Outlying Islands; United States; Uruguay; Uzbekistan;
Vatican City; St. Vincent and Grenadines; Vietnam; Venezuela; British Virgin Islands; U.S. Virgin Islands;
Vietnam; Vanuatu; Wallis and Futuna; Samoa; Kosovo; Yemen; Yemen; Mayotte; Serbia; South Africa; Zambia;
Congo - Kinshasa; Zimbabwe; USA; US; U.S.; UK; U.K.; UAE; Turkey; Czech Republic; Burma; Ivory Coast;
Macedonia; Swaziland; England; Scotland; Wales; Northern Ireland; Great Britain; Holland;
Hong Kong; Macao; Russian Federation; Republic of Korea; Korea; Palestine; America; Europe; Asia; Africa;
Australia; Oceania; Antarctica`
    .toLowerCase()
    .split(/;\s+/)
);

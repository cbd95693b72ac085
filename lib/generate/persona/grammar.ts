import type {Random} from "../../text/random.js";

const experience = ["newly trained", "experienced", "self-taught", "retired", "part-time", "visiting"];
const occupations =
  "nurse;midwife;bricklayer;beekeeper;bus driver;primary-school teacher;accountant;electrician;marine biologist;librarian;baker;software tester;court interpreter;dairy farmer;radiographer;carpenter;town planner;chemist;choir leader;customs officer;fisherman;gardener;hydrologist;insurance clerk;journalist;locksmith;meteorologist;museum guide;optician;paramedic;pharmacist;plumber;potter;railway dispatcher;seamstress;ship's cook;social worker;statistician;surveyor;translator;veterinary surgeon;welder;zookeeper;student of law;apprentice mechanic".split(
    ";"
  );
const regions =
  "the Andes;Bavaria;the Ganges delta;Hokkaido;the Niger delta;Anatolia;Queensland;the Scottish Highlands;Patagonia;Quebec;the Mekong delta;Sicily;the Atlas mountains;Estonia;the Great Lakes;Kerala;the Cape;Java;the Carpathians;Andalusia;the Yukon;Oaxaca;the Rift Valley;Normandy;the Faroe Islands;Punjab;Crete;the Pampas;Luzon;Lapland".split(
    ";"
  );
const purposes =
  "explain it to a child;prepare a lesson;decide whether to spend money on it;settle a disagreement with a colleague;write a short report;check a claim that was heard on the radio;plan next week's work;understand a mistake that was made;pass an examination;teach a beginner;compare two ways of doing it;estimate how much is needed;write a safety notice;prepare a talk for neighbours;learn it from the ground up;apply it to daily work".split(
    ";"
  );

/** Somebody who asks, by what they do and want, never by name. */
export interface Persona {
  /** as a phrase: "an experienced beekeeper from Crete who wants to prepare a lesson" */
  words: string;
  occupation: string;
  region: string;
  purpose: string;
}

/** How many personas there are: 6 × 45 × 30 × 16. */
export const personas = experience.length * occupations.length * regions.length * purposes.length;

/** A persona drawn from a grammar of experience × occupation × region × purpose: it stands for no real person. */
export function drawPersona(random: Random): Persona {
  const [how, occupation, region, purpose] = [experience, occupations, regions, purposes].map((list) =>
    random.pick(list)
  );
  const article = /^[aeiou]/.test(how) ? "an" : "a";
  return {
    words: `${article} ${how} ${occupation} from ${region} who wants to ${purpose}`,
    occupation: `${how} ${occupation}`,
    region,
    purpose
  };
}

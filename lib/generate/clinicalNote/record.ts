import type {Bundle, Concept} from "./bundle.js";

/** A thing with its code, as a record names it. */
export interface Coded {
  code: string;
  /** name of the code system: SNOMED CT, LOINC, RxNorm, CVX, or its address */
  system: string;
  display: string;
}

/** What is known at one visit, without anybody's name. */
export interface ClinicalRecord {
  patient: {sex: string; age: number | null};
  visit: {date: string; type: string};
  problems: (Coded & {since: string})[];
  medications: (Coded & {since: string; status: string})[];
  observations: (Coded & {value: string})[];
  procedures: Coded[];
}

const systems: Record<string, string> = {
  "http://snomed.info/sct": "SNOMED CT",
  "http://loinc.org": "LOINC",
  "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
  "http://hl7.org/fhir/sid/cvx": "CVX",
  "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM"
};
const digits = 4;

/**
 * The records of a patient's visits, in order of time, of those with observations, problems or procedures: problems that
 * had begun and not ended by then (refuted ones are left out), medications ordered then or still active, and what was
 * observed and done there. Values are rounded to four digits.
 */
export function recordsOf(bundle: Bundle): ClinicalRecord[] {
  const [{gender, birthDate}] = bundle.Patient;
  const visits = bundle.Encounter.toSorted((a, b) => (a.period.start < b.period.start ? -1 : 1));
  const records = visits.map(({id, type, period}): ClinicalRecord => {
    const date = period.start.slice(0, 10);
    const here = ({encounter}: {encounter?: {reference: string}}) =>
      encounter !== undefined && encounter.reference.replace(/^urn:uuid:|^Encounter\//, "") === id;
    return {
      patient: {sex: gender, age: ageAt(birthDate, date)},
      visit: {date, type: type.length === 0 ? "visit" : coded(type[0]).display},
      problems: unique(
        bundle.Condition.filter(
          ({onsetDateTime, abatementDateTime, verificationStatus}) =>
            onsetDateTime.slice(0, 10) <= date &&
            (abatementDateTime === undefined || abatementDateTime.slice(0, 10) >= date) &&
            !["refuted", "entered-in-error"].includes(verificationStatus?.coding[0].code ?? "")
        ).map(({code, onsetDateTime}) => ({...coded(code), since: onsetDateTime.slice(0, 10)}))
      ),
      medications: unique(
        bundle.MedicationRequest.filter(
          (request) => here(request) || (request.status === "active" && request.authoredOn.slice(0, 10) <= date)
        ).map(({medicationCodeableConcept, authoredOn, status}) => ({
          ...coded(medicationCodeableConcept),
          since: authoredOn.slice(0, 10),
          status: status === "active" ? "active" : "ordered"
        }))
      ),
      observations: unique(bundle.Observation.filter(here).flatMap(observed)),
      procedures: unique([
        ...bundle.Procedure.filter(here).map(({code}) => coded(code)),
        ...bundle.Immunization.filter(here).map(({vaccineCode}) => coded(vaccineCode))
      ])
    };
  });
  return records.filter(({problems, observations, procedures}) =>
    [problems, observations, procedures].some((x) => x.length > 0)
  );
}

/** Every code's display in a bundle, also those that no record of a visit holds. */
export function displaysOf(bundle: Bundle): string[] {
  const concepts = [
    ...bundle.Condition.map(({code}) => code),
    ...bundle.MedicationRequest.map((request) => request.medicationCodeableConcept),
    ...bundle.Procedure.map(({code}) => code),
    ...bundle.Immunization.map(({vaccineCode}) => vaccineCode),
    ...bundle.Observation.flatMap(({code, component}) => [code, ...component.map((part) => part.code)])
  ];
  return [...new Set(concepts.map((concept) => coded(concept).display))];
}

/** A record as a model and a reader see it, one thing a line. */
export function writeRecord({patient, visit, problems, medications, observations, procedures}: ClinicalRecord): string {
  const named = ({display, system, code}: Coded) => `${display} (${system} ${code})`;
  const section = (title: string, lines: string[]) =>
    lines.length === 0 ? [] : [`${title}:`, ...lines.map((l) => `- ${l}`)];
  return [
    `Patient: ${patient.sex}${patient.age === null ? "" : `, ${patient.age} years`}`,
    `Visit: ${visit.date}, ${visit.type}`,
    ...section(
      "Problems",
      problems.map((problem) => `${named(problem)}, since ${problem.since}`)
    ),
    ...section(
      "Medications",
      medications.map((one) => `${named(one)}, ${one.status}${one.status === "active" ? ` since ${one.since}` : ""}`)
    ),
    ...section(
      "Observations",
      observations.map((one) => `${named(one)}: ${one.value}`)
    ),
    ...section("Procedures and immunizations", procedures.map(named))
  ].join("\n");
}

function observed({
  code,
  valueQuantity,
  valueCodeableConcept,
  component
}: Bundle["Observation"][number]): ClinicalRecord["observations"] {
  const quantity = ({value, unit}: {value: number; unit: string}) =>
    `${Number(value.toPrecision(digits))}${unit === "" || unit.startsWith("{") ? "" : ` ${unit}`}`;
  if (valueQuantity !== undefined) return [{...coded(code), value: quantity(valueQuantity)}];
  if (valueCodeableConcept !== undefined) return [{...coded(code), value: coded(valueCodeableConcept).display}];
  return component.flatMap((part) =>
    part.valueQuantity === undefined ? [] : [{...coded(part.code), value: quantity(part.valueQuantity)}]
  );
}

function coded({coding: [{system, code, display}], text}: Concept): Coded {
  const shown = (display ?? text ?? code).replace(/\s+/g, " ").trim();
  return {code, system: systems[system] ?? system, display: shown};
}

function unique<T extends Coded>(things: readonly T[]): T[] {
  return things.filter(({code}, i) => things.findIndex((other) => other.code === code) === i);
}

/** Whole years; null where no date of birth is known. */
function ageAt(birth: string | undefined, date: string): number | null {
  if (birth === undefined || !/^\d{4}-\d\d-\d\d/.test(birth)) return null;
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4));
  return date.slice(5, 10) < birth.slice(5, 10) ? years - 1 : years;
}

import {z} from "zod";

const Concept = z.object({
  coding: z.array(z.object({system: z.string().default(""), code: z.string(), display: z.string().optional()})).min(1),
  text: z.string().optional()
});
const Reference = z.object({reference: z.string()});
const Quantity = z.object({value: z.number(), unit: z.string().default("")});

/** What is read of a FHIR R4 bundle of one patient; other resources and fields are passed over. */
const resources = {
  Patient: z.object({gender: z.string().default("unknown"), birthDate: z.string().optional()}),
  Encounter: z.object({
    id: z.string(),
    type: z.array(Concept).default([]),
    reasonCode: z.array(Concept).default([]),
    period: z.object({start: z.string()})
  }),
  Condition: z.object({
    code: Concept,
    onsetDateTime: z.string(),
    abatementDateTime: z.string().optional(),
    verificationStatus: Concept.optional().catch(undefined)
  }),
  MedicationRequest: z.object({
    medicationCodeableConcept: Concept,
    authoredOn: z.string(),
    status: z.string().default("unknown"),
    encounter: Reference.optional()
  }),
  Observation: z.object({
    code: Concept,
    encounter: Reference.optional(),
    valueQuantity: Quantity.optional(),
    valueCodeableConcept: Concept.optional().catch(undefined),
    component: z.array(z.object({code: Concept, valueQuantity: Quantity.optional()})).default([])
  }),
  Procedure: z.object({code: Concept, encounter: Reference.optional()}),
  Immunization: z.object({vaccineCode: Concept, encounter: Reference.optional()})
};

/** The resources of a bundle by type, those alone that have what a record needs. */
export type Bundle = {[K in keyof typeof resources]: z.infer<(typeof resources)[K]>[]};

export type Concept = z.infer<typeof Concept>;

/** Reads a bundle; a string says why it cannot be read. */
export function readBundle(text: string): Bundle | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "expected a FHIR bundle in JSON, got a text that is none";
  }
  const Form = z.object({resourceType: z.literal("Bundle"), entry: z.array(z.object({resource: z.unknown()}))});
  const bundle = Form.safeParse(json);
  if (!bundle.success) {
    const [{path, message}] = bundle.error.issues;
    return `expected a FHIR bundle: ${path.join(".")}: ${message}`;
  }
  const found = Object.fromEntries(Object.keys(resources).map((type) => [type, [] as unknown[]])) as Bundle;
  for (const {resource} of bundle.data.entry) {
    const type = (resource as {resourceType?: unknown} | null)?.resourceType;
    if (typeof type !== "string" || !Object.hasOwn(resources, type)) continue;
    const read = resources[type as keyof typeof resources].safeParse(resource);
    if (read.success) (found[type as keyof Bundle] as unknown[]).push(read.data);
  }
  return found.Patient.length === 1 ? found : `expected one patient, got ${found.Patient.length}`;
}

import type {PiiType} from "../curate/pii/piiSpan.js";
import type {FindingKind} from "./privacyFindings.js";
import type {Privacy} from "./privacy.js";

/** What can ring. */
export type AlarmKind = FindingKind | "membership";

/** Why the command fails. */
export interface PrivacyAlarm {
  kind: AlarmKind;
  detail: string;
}

/** Values of these types name one person or thing; names, dates and URLs stand in many texts without having been copied. */
const identifying: readonly PiiType[] = ["EMAIL", "PHONE", "CARD", "IBAN", "SSN", "NATIONAL_ID", "IP", "ADDRESS"];

/** What rings, of the kinds that somebody listens for. */
export function privacyAlarms(found: Omit<Privacy, "alarms">, listened: readonly AlarmKind[]): PrivacyAlarm[] {
  const {findings, pii, memorisation, nearCopies, canaries, membership} = found;
  const replayed = pii.filter(({type, replayed}) => replayed > 0 && identifying.includes(type));
  const details: Record<AlarmKind, string | null> = {
    pii:
      findings.pii + findings["pii-replay"] > 0
        ? `${findings.pii + findings["pii-replay"]} finds of personal data`
        : null,
    "pii-replay":
      replayed.length > 0
        ? `values of the seeds again: ${replayed.map(({type, replayed, seedValues}) => `${type} ${replayed} of ${seedValues}`).join(", ")}`
        : null,
    "copied-run":
      memorisation.long.samples > 0
        ? `${memorisation.long.samples} samples share a run of at least ${memorisation.run} tokens with a seed, the longest of ${memorisation.max}`
        : null,
    "near-copy":
      nearCopies.samples > 0
        ? `${nearCopies.samples} samples are near copies of a seed, Jaccard at least ${nearCopies.threshold}`
        : null,
    canary: canaries === null ? null : canaryAlarm(canaries),
    membership: membership?.verdict === "leak" ? `members are ${membership.detail}` : null
  };
  return listened.flatMap((kind) => (details[kind] === null ? [] : [{kind, detail: details[kind]}]));
}

function canaryAlarm({hits, verbatim, exposed, bound}: NonNullable<Privacy["canaries"]>): string | null {
  const parts = [
    ...(verbatim > 0 ? [`${verbatim} canaries stand in the samples, in ${hits} places`] : []),
    ...(exposed.length > 0 ? [`${exposed.length} canaries have an exposure of ${bound} bits or more`] : [])
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

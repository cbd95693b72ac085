import type {Evidence} from "../../lib/verify/verifier.js";

/** A theorem with what its statement needs, and its proof. */
export interface CoqCase {
  settings: string;
  name: string;
  /** after the name, with the colon and the full stop */
  claim: string;
  /** between `Proof.` and `Qed.` */
  script: string;
}

/** Theorems that hold, those of a kind told apart by a number. */
export function coqCases(k: number): CoqCase[] {
  const name = `law_${k}`;
  return [
    {
      settings: "",
      name,
      claim: `: forall n : nat, n + ${k} = ${k} + n.`,
      script: "induction n; simpl in *; auto; rewrite <- IHn; auto."
    },
    {
      settings: "",
      name,
      claim: `(P Q : Prop) : P /\\ Q -> Q /\\ P.`,
      script: "intros [p q]. split. - exact q. - exact p."
    },
    {
      settings: "Require Import Lia.",
      name,
      claim: `: forall a b : nat, a + ${k} < b -> a < b.`,
      script: "intros a b h. lia."
    },
    {
      settings: "Require Import List.\nImport ListNotations.",
      name,
      claim: `: forall l : list nat, l ++ [] = l.`,
      script: "induction l as [|x l IH]; simpl. { reflexivity. } { rewrite IH. reflexivity. }"
    },
    {
      settings: "Require Import ZArith.\nOpen Scope Z_scope.",
      name,
      claim: `: forall x : Z, (x + ${k}) * 2 = 2 * x + ${2 * k}.`,
      script: "intros x. ring."
    },
    {
      settings: "Require Import Classical.",
      name,
      claim: `: forall P : Prop, ~ ~ P -> P.`,
      script: "intros P h. apply NNPP. exact h."
    },
    {
      settings: "Fixpoint double (n : nat) : nat := match n with O => O | S m => S (S (double m)) end.",
      name,
      claim: `: forall n : nat, double (S n) = S (S (double n)).`,
      script: "(* no admit, no Axiom. *) intros; reflexivity."
    },
    {
      settings:
        "Inductive tree := leaf | node (l r : tree).\nFixpoint turn t := match t with leaf => leaf | node l r => node (turn r) (turn l) end.",
      name,
      claim: `: forall t : tree, turn (turn t) = t.`,
      script: "induction t; simpl. - reflexivity. - rewrite IHt1, IHt2. reflexivity."
    }
  ];
}

/** A sample of a proof, with the theorem that had to be proven. */
export function proofSample(theorem: string, proof: string, reference?: string): Evidence {
  const text = `A law, proven.\n\n${theorem === "" ? "" : `@theorem coq\n${theorem}\n\n`}@proof coq\n${proof}`;
  return {text, kind: "proof", domain: "maths", generator: "test", family: "test", reference};
}

const stated = ({settings, name, claim}: CoqCase) => `${settings}\nTheorem ${name} ${claim}`.trim();
const scripted = ({script}: CoqCase) => `Proof. ${script} Qed.`;
const file = (one: CoqCase, before: string, script = one.script) =>
  `${before}\nTheorem ${one.name} ${one.claim}\nProof. ${script} Qed.`;

/** The case as it should be: a statement and its script, held against the statement itself. */
export const clean = (one: CoqCase): Evidence => proofSample(stated(one), scripted(one), stated(one));

/** The case in one file, without a section for the statement. */
export const oneFile = (one: CoqCase): Evidence => proofSample("", `${stated(one)}\n${scripted(one)}`, stated(one));

const before = (lines: string) => (one: CoqCase) => proofSample(stated(one), file(one, lines), stated(one));
const cheating = (lines: string, script: string) => (one: CoqCase) =>
  proofSample(stated(one), file(one, lines, script), stated(one));
const instead = (proof: string) => (one: CoqCase) => proofSample(stated(one), proof, stated(one));
/** Everything in the sample's own words, nothing to hold it against. */
const alone = (lines: string, claim: string, script: string) => (one: CoqCase) =>
  proofSample("", `${lines}\nTheorem ${one.name} ${claim}\nProof. ${script} Qed.`);

/** Ways to spoil a proof, with the reason for which each is refused. */
export const corruptions: readonly (readonly [reason: string, corrupt: (one: CoqCase) => Evidence])[] = [
  ["unfinished", instead("Proof. Admitted.")],
  ["unfinished", instead("Proof. admit. Qed.")],
  ["unfinished", instead("Proof. intros; give_up. Qed.")],
  ["not-proven", instead('Proof. (* " *) admit. (* " *) Qed.')],
  ["unfinished", instead("Proof. (* *) admit. (* *) Qed.")],
  ["unfinished", instead("Proof. all: admit. Admitted.")],
  ["unfinished", (one) => proofSample(stated(one), `Proof. ${one.script}`, stated(one))],
  ["axiom", cheating("Axiom cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Local Axiom cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("#[local] Axiom cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Time Axioms (cheat : forall P : Prop, P).", "apply cheat.")],
  ["axiom", cheating("Parameter cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Conjecture cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Hypothesis cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Variable cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Context (cheat : forall P : Prop, P).", "apply cheat.")],
  ["axiom", cheating("Section s. End s. Variables cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("(* (* *) *) Axiom cheat : forall P : Prop, P.", "apply cheat.")],
  ["axiom", cheating("Require Import Coq.Compat.AdmitAxiom.", "intros; destruct proof_admitted.")],
  [
    "unsafe-flag",
    cheating(
      "Unset Guard Checking.\nFixpoint cheat (P : Prop) (n : nat) : P := cheat P n.",
      "intros; apply (cheat _ 0)."
    )
  ],
  [
    "unsafe-flag",
    cheating("#[bypass_check(guard)] Fixpoint cheat (P : Prop) (n : nat) : P := cheat P n.", "apply (cheat _ 0).")
  ],
  ["unsafe-flag", before("Unset Universe Checking.")],
  ["unsafe-flag", before("Unset Positivity Checking.")],
  ["unsafe-flag", before("#[bypass_check(positivity)] Inductive bad := Bad (f : bad -> False).")],
  ["unsafe-flag", before("Global Set Implicit Arguments.")],
  ["notation", before('Notation "x = y" := True : type_scope.')],
  ["notation", before('Local Notation "x + y" := x.')],
  ["notation", before('Infix "<" := le.')],
  ["notation", before('Tactic Notation "lie" := idtac.')],
  ["notation", before("Coercion Nat.ltb : nat >-> Funclass.")],
  ["notation", before("Declare Scope odd_scope.")],
  ["machinery", before('Declare ML Module "ring_plugin".')],
  ["machinery", before('Load "/job/Wanted".')],
  ["machinery", before('Redirect "/tmp/Check" Print nat.')],
  ["machinery", before('Extraction "/tmp/x.ml" plus.')],
  ["machinery", before('Add LoadPath "/tmp" as Own.')],
  ["machinery", before("Drop.")],
  ["native-code", (one) => proofSample(stated(one), `Proof. ${one.script} all: native_compute. Qed.`, stated(one))],
  ["command", before("Module Nat. End Nat.")],
  ["command", before("Comments what.")],
  ["unreadable", instead("Proof. (* never closed Qed.")],
  ["unreadable", instead('Proof. idtac "never closed. Qed.')],
  ["unreadable", instead("Theorem another : True. Proof. exact I. Qed.")],
  ["unreadable", before("Definition hidden := 1.\u00a0")],
  ["redefinition", alone("Inductive nat := O.", ": forall x y : nat, x = y.", "intros [] []. reflexivity.")],
  ["redefinition", alone("Definition eq (A : Type) (x y : A) := True.", ": eq nat 0 1.", "exact I.")],
  ["redefinition", alone("Definition False := True.", ": False.", "exact I.")],
  [
    "redefinition",
    (one) =>
      proofSample(
        "Definition le (n m : nat) := True.\nTheorem t : le 2 1.",
        "Proof. exact I. Qed.",
        `Theorem ${one.name} : le 2 1.`
      )
  ],
  [
    "redefinition",
    cheating(
      "Definition forall_ := 1. Fixpoint nat (n : Set) := n. Definition Prop_ := nat. Inductive P := p. Definition l := 1. Definition x := 1. Definition a := 2. Definition t := 3. Definition n := 4.",
      "auto."
    )
  ],
  ["not-proven", instead("Proof. exact I. Qed.")],
  ["not-proven", instead("Proof. idtac. Qed.")],
  ["not-proven", (one) => proofSample(stated(one), `Proof. ${one.script} exact I. Qed.`, stated(one))],
  ["not-proven", cheating("Lemma help : False. Proof. auto. Qed.", "destruct help.")],
  ["not-proven", cheating("Fixpoint cheat (P : Prop) (n : nat) : P := cheat P n.", "apply (cheat _ 0).")],
  ["not-proven", cheating("Require Ballast.Wanted.", "apply Ballast.Wanted.law.")],
  ["other-theorem", (one) => proofSample(`Theorem ${one.name} : True.`, "Proof. exact I. Qed.", stated(one))],
  [
    "other-theorem",
    (one) =>
      proofSample("", `${one.settings}\nTheorem ${one.name} : True \\/ False.\nProof. left. exact I. Qed.`, stated(one))
  ],
  [
    "other-theorem",
    (one) => proofSample(`Theorem ${one.name} : forall P : Prop, P -> P.`, "Proof. auto. Qed.", stated(one))
  ],
  ["unreadable-reference", (one) => ({...clean(one), reference: "forall n, n = n"})]
];

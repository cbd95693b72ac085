/** A text with its name among its kind. */
export interface NamedText {
  id: string;
  text: string;
}

/** What one sample has word for word from the seeds. */
export interface MemorisedSample {
  id: string;
  /** tokens of the sample */
  tokens: number;
  /** its longest run of tokens that a seed has too; null where none has `least` tokens */
  longest: {
    /** length in tokens */
    tokens: number;
    /** UTF-16 code units of the sample's text */
    start: number;
    end: number;
    seed: string;
    seedStart: number;
    seedEnd: number;
  } | null;
  /** tokens that stand inside an n-gram that a seed has too */
  covered: number;
}

export interface MemorisationOptions {
  /** tokens of the n-grams of verbatim coverage, at least `least` */
  ngram?: number;
  /** runs of at least so many tokens are measured exactly, shorter ones not at all */
  least?: number;
  /** tokens of seeds that are indexed at a time: memory is about 40 bytes a token; samples are read once a part */
  part?: number;
}

/**
 * The samples in their order, each with its longest common run of tokens with any seed. `samples` is called once for each
 * part of the seeds and must give the same texts each time.
 */
export type Memorisation = (
  samples: () => AsyncIterable<NamedText>,
  seeds: AsyncIterable<NamedText>,
  options?: MemorisationOptions
) => AsyncGenerator<MemorisedSample>;

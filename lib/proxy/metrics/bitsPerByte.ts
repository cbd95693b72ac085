/**
 * Bits per byte of a text from its log-probability: comparable between tokenizers, less is better.
 *
 * @param nats log-probability of all documents, in nats
 * @param bytes bytes of each token
 */
export function bitsPerByte(nats: number, documents: readonly Uint16Array[], bytes: ArrayLike<number>): number {
  let length = 0;
  for (const document of documents) for (let i = 0; i < document.length; i++) length += bytes[document[i]];
  if (length === 0) throw new RangeError("expected held-out text, got none");
  return -nats / Math.LN2 / length;
}

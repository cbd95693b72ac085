/**
 * Why an endpoint gave no answer. "bad-request" is about one request (too long, filtered, a parameter that it does not
 * take) and says nothing of the others; the rest ends a run: key (refused, missing, or nothing left to pay with),
 * not-found (address or model), down, timeout, cancelled.
 */
export type EndpointFault = "key" | "not-found" | "bad-request" | "down" | "timeout" | "cancelled";

/** An endpoint gave no answer. The message never holds a key, and no cause that could hold one is attached. */
export class EndpointError extends Error {
  override name = "EndpointError";
  readonly kind: EndpointFault;
  /** the endpoint's id in the recipe */
  readonly endpoint: string;
  /** what was expected and what came, without the endpoint's id and the attempts */
  readonly detail: string;
  /** how often the request was sent */
  readonly attempts: number;
  /** the last status, null where none came */
  readonly status: number | null;

  /**
   * @param detail what was expected and what came, without a key
   * @param options.elapsed milliseconds since the request was first sent
   */
  constructor(
    kind: EndpointFault,
    endpoint: string,
    detail: string,
    {attempts = 0, status = null, elapsed = 0}: {attempts?: number; status?: number | null; elapsed?: number} = {}
  ) {
    super(
      `${endpoint}: ${detail}${attempts > 1 ? ` (${attempts} attempts in ${Number((elapsed / 1000).toPrecision(2))} s)` : ""}`
    );
    this.kind = kind;
    this.endpoint = endpoint;
    this.detail = detail;
    this.attempts = attempts;
    this.status = status;
  }
}

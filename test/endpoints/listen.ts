import type {Server} from "node:http";
import type {AddressInfo} from "node:net";

/** Starts a server on a free port of this machine; its address ends in /v1, as OpenAI-compatible ones do. */
export async function listen(server: Server): Promise<{url: string; close(): void}> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections();
      server.close();
    }
  };
}

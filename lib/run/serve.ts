import {createReadStream} from "node:fs";
import {realpath, stat} from "node:fs/promises";
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {extname, join, resolve, sep} from "node:path";
import {pipeline} from "node:stream/promises";

/** A site being served. */
export interface Served {
  url: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".parquet": "application/vnd.apache.parquet",
  ".arrow": "application/vnd.apache.arrow.file"
};

/**
 * Serves a folder of static files over HTTP, to this machine alone by default; `/shards` is `shards.html`.
 *
 * Guards against paths and links that leave the folder. It is for looking at a site, not for the open internet: no TLS,
 * no limits on clients.
 *
 * @param options.port 0 for any free port
 */
export async function serve(folder: string, {port = 3000, host = "127.0.0.1"} = {}): Promise<Served> {
  const root = await realpath(resolve(folder));
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      fail(error.code === "EADDRINUSE" ? new Error(`expected port ${port} to be free, but it is in use`) : error)
    );
    server.listen(port, host, done);
  });
  const {port: bound} = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
  };
}

async function answer(root: string, {method, url = "/"}: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("x-content-type-options", "nosniff");
  if (method !== "GET" && method !== "HEAD") return end(response, 405);
  let path;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
  } catch {
    return end(response, 400);
  }
  if (!path.startsWith("/") || path.includes("\0")) return end(response, 400);
  const file = await find(root, path);
  if (file === null) return end(response, 404);
  response.setHeader("content-type", types[extname(file.path)] ?? "application/octet-stream");
  response.setHeader("content-length", file.size);
  response.setHeader("cache-control", "no-cache");
  if (method === "HEAD") response.end();
  else await pipeline(createReadStream(file.path), response);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, {"content-type": "text/plain; charset=utf-8"}).end(`${status}\n`);
}

async function find(root: string, path: string): Promise<{path: string; size: number} | null> {
  const base = join(root, path);
  for (const candidate of path.endsWith("/") ? [join(base, "index.html")] : [base, `${base}.html`]) {
    try {
      const real = await realpath(candidate);
      if (!real.startsWith(root + sep)) continue;
      const found = await stat(real);
      if (found.isFile()) return {path: real, size: found.size};
    } catch {
      // The next candidate, or 404.
    }
  }
  return null;
}

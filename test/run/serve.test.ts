import {mkdir, mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {request} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {serve, type Served} from "../../lib/run/serve.js";

let folder: string;
let served: Served;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-serve-"));
  await mkdir(join(folder, "site"));
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "site", "index.html"), "<h1>home</h1>");
  await writeFile(join(folder, "site", "shards.html"), "shards");
  await writeFile(join(folder, "site", "a b.wasm"), "wasm");
  await writeFile(join(folder, "site", "data.parquet"), "PAR1");
  await symlink(join(folder, "secret.txt"), join(folder, "site", "link.txt"));
  served = await serve(join(folder, "site"), {port: 0});
});

afterAll(async () => {
  await served.close();
  await rm(folder, {recursive: true, force: true});
});

/** A request whose path goes out as it is written: fetch would tidy it up. */
function get(path: string, method = "GET"): Promise<{status: number; type?: string; body: string}> {
  const {hostname, port} = new URL(served.url);
  return new Promise((resolve, reject) => {
    request({hostname, port, path, method}, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({status: response.statusCode!, type: response.headers["content-type"], body}));
    })
      .on("error", reject)
      .end();
  });
}

test("a folder is its index, a page needs no ending", async () => {
  expect(await get("/")).toEqual({status: 200, type: "text/html; charset=utf-8", body: "<h1>home</h1>"});
  expect((await get("/shards?x=1")).body).toBe("shards");
});

test("wasm and parquet go by their own types, so that a browser streams them", async () => {
  expect((await get("/a%20b.wasm")).type).toBe("application/wasm");
  expect((await get("/data.parquet")).type).toBe("application/vnd.apache.parquet");
});

test.each(["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/x/../../secret.txt", "/link.txt", "/nothing"])(
  "%s is not found",
  async (path) => {
    const {status, body} = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain("secret");
  }
);

test("a path that is no path is refused", async () => {
  expect((await get("/%")).status).toBe(400);
  expect((await get("/%00")).status).toBe(400);
});

test("only reading is served", async () => {
  expect((await get("/", "POST")).status).toBe(405);
  expect(await get("/", "HEAD")).toMatchObject({status: 200, body: ""});
});

test("a port that is taken is named", async () => {
  const {port} = new URL(served.url);
  await expect(serve(folder, {port: Number(port)})).rejects.toThrow(`expected port ${port} to be free`);
});

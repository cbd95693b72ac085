import {expect, test} from "vitest";
import {createTransport, type Transport} from "../../lib/endpoints/transport.js";
import {sha256} from "../../lib/io/sha256.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import type {ImageRequest} from "../../lib/schema/image.js";
import type {Picture} from "../../lib/schema/media.js";
import {drawn, drawPng} from "./drawPng.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

const wanted: ImageRequest = {draw: 1, model: "m", weights: "none-api", prompt: "a boat", size: "256x256", sample: 3};

async function withImages(
  draw: (body: Record<string, unknown>, number: number) => Reply | {json: unknown},
  use: (transport: Transport) => Promise<void>
): Promise<void> {
  const server = await serveModels(() => "", {image: draw});
  const transport = createTransport(Endpoint.parse({id: "e", url: server.url, model: "m", timeout: 5}), {
    retry: {pause: 1}
  });
  try {
    await use(transport);
  } finally {
    transport.close();
    server.close();
  }
}

test("an image comes as its bytes, with what they say of themselves", async () => {
  const bytes = drawPng("a boat", {width: 5, height: 7});
  const bodies: unknown[] = [];
  await withImages(
    (body) => {
      bodies.push(body);
      return drawn(bytes);
    },
    async (transport) => {
      const {picture} = (await transport.image(wanted)) as {picture: Picture};
      const {length} = bytes;
      expect(picture).toEqual({mediaType: "image/png", sha256: sha256(bytes), bytes: length, width: 5, height: 7});
    }
  );
  const {model, prompt, size, sample} = wanted;
  expect(bodies).toEqual([{model, prompt, size, n: 1, response_format: "b64_json", seed: sample}]);
});

test("bytes that are no picture are told as what came, and not asked for, nor paid, again", async () => {
  const page = Buffer.from("<!doctype html><p>please sign in");
  let sent = 0;
  await withImages(
    (_, number) => drawn(((sent = number + 1), page)),
    async (transport) =>
      expect(await transport.image(wanted)).toEqual({
        wrong: expect.stringMatching(/^expected a PNG, JPEG or WebP, got bytes that begin with "<!doctype html>/)
      })
  );
  expect(sent).toBe(1);
});

test("addresses are not fetched, and what passes is asked again", async () => {
  const cases: [unknown, RegExp][] = [
    [{data: [{url: "http://127.0.0.1:9/x.png"}]}, /^e: expected an image's bytes \(b64_json\), got an address/],
    [{data: [{}]}, /no image \(3 attempts/],
    [{data: []}, /another shape: data/]
  ];
  for (const [json, message] of cases)
    await withImages(
      () => ({json}),
      async (transport) => await expect(transport.image(wanted)).rejects.toThrow(message)
    );
  await withImages(
    (_, number) => [faults.overloaded, faults.cutBody, faults.page][number] ?? drawn(drawPng("a boat")),
    async (transport) => expect(await transport.image(wanted)).toHaveProperty("picture.mediaType", "image/png")
  );
});

test("parameters that an endpoint refuses by name are left out from then on", async () => {
  const bodies: Record<string, unknown>[] = [];
  await withImages(
    (body) => {
      bodies.push(body);
      for (const name of ["response_format", "seed"])
        if (name in body) return faults.status(400, {error: {message: `Unknown parameter: '${name}'.`}});
      return drawn(drawPng("a boat"));
    },
    async (transport) => {
      await transport.image(wanted);
      await transport.image(wanted);
      expect(bodies.length).toBe(4);
      expect(Object.keys(bodies[3])).toEqual(["model", "prompt", "size", "n"]);
    }
  );
});

import {expect, test} from "vitest";
import {createTransport, type Transport} from "../../lib/endpoints/transport.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {faults, serveModels, type Reply} from "./modelServer.js";

const wanted = {prompt: "a boat", size: "256x256", sample: 3};
const heads = {
  "image/png": "89504e470d0a1a0a0000",
  "image/jpeg": "ffd8ffe000104a46",
  "image/webp": Buffer.from("RIFF\0\0\0\0WEBPVP8 ").toString("hex")
};
const png = {b64_json: Buffer.from(heads["image/png"], "hex").toString("base64")};

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

test("an image comes as bytes of a type that its own first bytes tell", async () => {
  for (const [mediaType, head] of Object.entries(heads)) {
    const bytes = Buffer.from(head, "hex");
    const bodies: unknown[] = [];
    await withImages(
      (body) => {
        bodies.push(body);
        return {json: {data: [{b64_json: bytes.toString("base64")}]}};
      },
      async (transport) => expect(await transport.image(wanted)).toEqual({bytes, mediaType})
    );
    const {prompt, size, sample} = wanted;
    expect(bodies).toMatchObject([{model: "m", prompt, size, n: 1, response_format: "b64_json", seed: sample}]);
  }
});

test("addresses are not fetched, other bytes are no image, and what passes is asked again", async () => {
  const cases: [unknown, RegExp][] = [
    [{data: [{url: "http://127.0.0.1:9/x.png"}]}, /^e: expected an image's bytes \(b64_json\), got an address/],
    [{data: [{b64_json: Buffer.from("<svg>").toString("base64")}]}, /no PNG, JPEG or WebP: 3c7376673e \(3 attempts/],
    [{data: [{}]}, /no image \(3 attempts/],
    [{data: []}, /another shape: data/]
  ];
  for (const [json, message] of cases)
    await withImages(
      () => ({json}),
      async (transport) => await expect(transport.image(wanted)).rejects.toThrow(message)
    );
  await withImages(
    (_, number) => (number < 2 ? faults.overloaded : {json: {data: [png]}}),
    async (transport) => expect((await transport.image(wanted)).mediaType).toBe("image/png")
  );
});

test("parameters that an endpoint refuses by name are left out from then on", async () => {
  const bodies: Record<string, unknown>[] = [];
  await withImages(
    (body) => {
      bodies.push(body);
      for (const name of ["response_format", "seed"])
        if (name in body) return faults.status(400, {error: {message: `Unknown parameter: '${name}'.`}});
      return {json: {data: [png]}};
    },
    async (transport) => {
      await transport.image(wanted);
      await transport.image(wanted);
      expect(bodies.length).toBe(4);
      expect(Object.keys(bodies[3])).toEqual(["model", "prompt", "size", "n"]);
    }
  );
});

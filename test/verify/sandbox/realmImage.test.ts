import {beforeAll, expect, test} from "vitest";
import {createRandom} from "../../../lib/text/random.js";
import {createRealm, type Meter, type Realm} from "../../../lib/verify/sandbox/realmImage.js";

const meter = (): Meter => ({steps: 0, limit: 1000, stopped: null, denied: ""});
const bytes = ({memory}: Realm) => Buffer.from(memory.buffer);
let realm: Realm;
let fresh: Buffer;

beforeAll(async () => {
  realm = await createRealm(() => {});
  fresh = Buffer.from(bytes(realm));
});

test("a byte planted anywhere in the memory is gone after a restore", () => {
  const random = createRandom("planted bytes");
  const size = fresh.length;
  const page = 64 * 1024;
  const edges = Array.from({length: size / page}, (_, i) => [i * page, (i + 1) * page - 1]).flat();
  for (const places of [edges, ...Array.from({length: 20}, () => Array.from({length: 10}, () => random.int(size)))]) {
    const memory = bytes(realm);
    for (const at of places) memory[at] ^= 1 << random.int(8);
    expect(memory.equals(fresh)).toBe(false);
    realm.restore(meter());
    expect(bytes(realm).equals(fresh)).toBe(true);
  }
});

test("a memory that a program made grow holds the same bytes and zeroes", () => {
  const result = realm.context.evalCode("var a = []; for (var i = 0; i < 5e5; i++) a.push(i + .5); a.length");
  expect(realm.context.getNumber(realm.context.unwrapResult(result))).toBe(5e5);
  realm.restore(meter());
  const now = bytes(realm);
  expect(now.length).toBeGreaterThan(fresh.length);
  now[now.length - 1] = now[fresh.length] = 1;
  realm.restore(meter());
  expect(now.subarray(0, fresh.length).equals(fresh)).toBe(true);
  expect(now.subarray(fresh.length).equals(Buffer.alloc(now.length - fresh.length))).toBe(true);
});

test("a realm is spent once its memory is past 16 MiB", () => {
  expect(realm.spent()).toBe(false);
  realm.context.evalCode("new Uint8Array(2 ** 24)");
  expect(realm.spent()).toBe(true);
});

/**
 * A copy of plain data whose typed arrays lie in shared memory, so that worker threads get them without a copy of their
 * own. Whoever gets it must not write to it.
 */
export function shareArrays<T>(data: T): T {
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) {
    const {constructor, byteLength} = data;
    const copy = new (constructor as new (buffer: SharedArrayBuffer) => Int32Array)(new SharedArrayBuffer(byteLength));
    copy.set(data as unknown as Int32Array);
    return copy as T;
  }
  if (Array.isArray(data)) return (data.some(isObject) ? data.map(shareArrays) : data) as T;
  if (!isObject(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, shareArrays(value)])) as T;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** What the map library takes for granted and Chrome 87 or Safari 14 lack. */
type Indexed = { length: number; [index: number]: unknown };

function at(this: Indexed, index: number): unknown {
  return this[index < 0 ? this.length + index : index];
}

function add(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

for (const kind of [Array, String, Object.getPrototypeOf(Uint8Array)]) add(kind.prototype as object, "at", at);
add(Object, "hasOwn", (owner: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(owner, name));

export {};

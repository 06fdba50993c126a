// A restored engine answers as the one that was saved, and bytes that are no snapshot of ours do no harm.
import { expect, test } from "vitest";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { instantiate } from "../../runtime-ts/instantiate.ts";
import { Memory } from "../../runtime-ts/memory.ts";
import { ChunkReader, ChunkWriter } from "../../runtime-ts/snapshot/chunks.ts";
import { readTexts, writeTexts } from "../../runtime-ts/snapshot/texts.ts";
import { TextTable, type TextTableParts } from "../../runtime-ts/text-table.ts";
import { answersOf } from "./changes/answers.ts";
import { engineOf } from "./load.ts";
import { thrown } from "./thrown.ts";

const source = `
entity Account owned by user or team { name?: String, tags?: Set<String>, size?: Long, parent?: Account parental, phone?: String secured }
entity Line owned by parent account { account?: Account }
entity Desk owned by business unit;
entity User { department?: String, boss?: User }
role Own { permit read, write on Account at user; permit read on Desk at businessUnit; }
role Named { permit read on Account at organization when { resource has name && resource.name == "ßeta 漢字" }; }
role Tagged { permit write on Account at organization when { resource has tags && resource.tags.contains("x") }; }
role Parents { permit read on Account at organization when { resource has parent && resource.parent has size && resource.parent.size > 3 }; }
role Staff { permit read on Account at organization when { principal has department && principal.department == "EMEA" }; }
administrator role Admin;
@id("no") forbid (principal, action == write, resource == Account::"a2");
@id("b") forbid (principal in BusinessUnit::"B", action == read, resource is Desk);
organization Root { unit A { unit A1; } unit B; }
user ann in A1 { roles: Own; department: "EMEA"; }
user bob in B { roles: Own, Staff; department: "EMEA"; boss: ann; }
user nam in B { roles: Named, Tagged; manager: bob; }
user par in A { roles: Parents; }
user adm in Root { roles: Admin; }
user gone in A;
team T in B { roles: Own; members: ann; administrator: nam; }
record a1: Account { owner: ann; name: "ßeta 漢字"; size: 5; tags: ["x", "y"]; }
record a2: Account { owner: bob; parent: a1; tags: ["y", "x"]; }
record a3: Account { owner: Team::"T"; name: "other"; }
record l1: Line { account: a2; }
record d1: Desk { businessUnit: A1; }
share a1 with bob: read, write;
share a2 with organization: read;
share a3 with Team::"T": read;
`;

function changed(): Engine {
  const engine = engineOf(source);
  engine.records.load("Account", { id: ["t1"], owner: ["ann"], parent: ["nowhere"] });
  engine.update((world) => {
    world.removeUser("gone");
    world.addUser("new", {
      businessUnit: "B",
      roles: ["Own"],
      attributes: { department: "EMEA", boss: "ann" },
    });
    world.addUnit("C", "A1");
    world.moveUnit("A1", "B");
    world.upsert(
      { entity: "Account", id: "a4" },
      { owner: { user: "new" }, attributes: { name: "neu", parent: "a2" } },
    );
    world.delete({ entity: "Account", id: "a3" });
    world.editRole("Own", { grants: [{ actions: ["delete"], entities: ["Account"], level: "user" }] });
    world.editRole("Parents", { like: "Staff" });
    world.shareColumn({ entity: "Account", id: "a1" }, "phone", { user: "bob" }, ["read"]);
  });
  return engine;
}

test("the same answers, also after more changes on both", () => {
  for (const engine of [engineOf(source), changed()]) {
    const restored = Engine.restore(engine.snapshot());
    expect(answersOf(restored)).toEqual(answersOf(engine));
    expect(restored.recordIds("Account")).toEqual(engine.recordIds("Account"));
    for (const one of [engine, restored]) {
      one.update((world) => {
        world.upsert(
          { entity: "Account", id: "nowhere" },
          { owner: { user: "ann" }, attributes: { size: 9 } },
        );
        world.moveUser("ann", "B");
        world.setAttributes({ user: "bob" }, { department: "x" });
        world.editRole("Named", { like: "Tagged" });
        world.unshare({ entity: "Account", id: "a2" }, "organization");
        world.addTeam("more", { businessUnit: "B", roles: ["Own"], members: ["par"] });
      });
    }
    expect(answersOf(restored)).toEqual(answersOf(engine));
    expect(answersOf(Engine.restore(restored.snapshot()))).toEqual(answersOf(engine));
    const column = { principal: "bob", entity: "Account", id: "a1" };
    expect(restored.columns("bob", { entity: "Account", id: "a1" })).toEqual(
      engine.columns("bob", { entity: "Account", id: "a1" }),
    );
    expect(column.principal).toBe("bob");
  }
});

test("both cores restore what the other has saved", () => {
  const plain = engineOf(source, { core: "plain" });
  expect(answersOf(Engine.restore(plain.snapshot(), { core: "simd" }))).toEqual(answersOf(plain));
});

test("what is no snapshot is said", () => {
  const bytes = changed().snapshot();
  const message = (given: unknown) => thrown(() => Engine.restore(given as Uint8Array));
  expect(message("text")).toMatchObject({ code: "BWK417" });
  expect(message(new Uint8Array(0))).toMatchObject({ code: "BWK417" });
  expect(message(new Uint8Array(64))).toMatchObject({ code: "BWK417", message: "this is not a snapshot" });
  const other = bytes.slice();
  other[4] = 99;
  expect(message(other)).toMatchObject({ code: "BWK418" });
  for (const length of [4, 20, 40, 1000, bytes.length - 8, bytes.length - 1]) {
    expect(message(bytes.slice(0, length)).code).toBe("BWK419");
  }
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  expect(message(longer).code).toBe("BWK419");
  for (let at = 8; at < bytes.length; at += 97) {
    const damaged = bytes.slice();
    damaged[at] = (damaged[at] as number) ^ 0x10;
    expect(message(damaged).code).toBe("BWK419");
  }
  // Bytes that do not begin at a word are read, too.
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(answersOf(Engine.restore(shifted.subarray(1)))).toEqual(answersOf(Engine.restore(bytes)));
});

test("a snapshot that is handed over is empty afterwards, unless it is a part of something larger or refused", () => {
  const engine = changed();
  const bytes = engine.snapshot();
  const larger = new Uint8Array(bytes.length + 16);
  larger.set(bytes, 8);
  const part = larger.subarray(8, 8 + bytes.length);
  const wrong = bytes.slice();
  wrong[2_000] = (wrong[2_000] as number) ^ 1;
  expect(thrown(() => Engine.restore(wrong, { transfer: true })).code).toBe("BWK419");
  expect(wrong.length).toBe(bytes.length);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  for (const given of [part, shared]) {
    expect(answersOf(Engine.restore(given, { transfer: true }))).toEqual(answersOf(engine));
    expect(given.length).toBe(bytes.length);
  }
  const restored = Engine.restore(bytes, { transfer: true });
  expect(bytes.length).toBe(0);
  expect(answersOf(restored)).toEqual(answersOf(engine));
  restored.update((world) => world.removeUser("par"));
  expect(Engine.restore(restored.snapshot(), { transfer: true }).userNames()).toEqual(restored.userNames());
  // Memory of a core stays where it is.
  const memory = new Memory(instantiate("plain"));
  const snapshot = engine.snapshot();
  const address = memory.allocate(snapshot.length);
  memory.bytes.set(snapshot, address);
  const inside = memory.bytes.subarray(address, address + snapshot.length);
  expect(answersOf(Engine.restore(inside, { transfer: true }))).toEqual(answersOf(engine));
  expect(inside.length).toBe(snapshot.length);
});

test("tables of texts that do not fit together are refused", async () => {
  const table = () => TextTable.ofNames(["ann", "", "漢字", "bob"]);
  const written = (parts: Partial<TextTableParts>) => {
    const writer = new ChunkWriter();
    writeTexts(writer, { parts: () => ({ ...table().parts(), ...parts }) } as TextTable);
    const bytes = new Uint8Array(writer.length);
    writer.writeTo(bytes, 64, () => {});
    return () => readTexts(new ChunkReader(bytes, true), machine);
  };
  expect(written({})().texts()).toEqual(["ann", "", "漢字", "bob"]);
  const { rows, slots, text } = table().parts();
  const withWord = (array: Uint32Array<ArrayBuffer>, at: number, word: number) =>
    array.slice().fill(word, at, at + 1);
  const free = slots.indexOf(0);
  for (const parts of [
    { count: 5 },
    { live: 2 },
    { rows: rows.subarray(1) },
    { rows: withWord(rows, 0, text.length - 1) },
    { rows: withWord(rows, 0, 0xffff_fffe) },
    { rows: withWord(rows, 1, 0xffff_ffff) },
    { rows: withWord(withWord(rows, 0, 0), 1, text.length) },
    { slots: slots.subarray(1) },
    { slots: slots.subarray(0, 4) },
    { slots: withWord(slots, free, 5) },
    { slots: withWord(slots, free, 0xffff_fffe) },
    { slots: slots.slice().fill(0) },
    { slots: slots.slice().fill(0xffff_ffff) },
  ]) {
    expect(thrown(written(parts)).code, JSON.stringify(parts)).toBe("BWK419");
  }
});

const core = instantiate("auto");
const machine = { core, memory: new Memory(core) };

/** The checksum of a snapshot, written anew: what an attacker does. */
async function forged(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { checksum } = await import("../../runtime-ts/snapshot/format.ts");
  new Uint32Array(bytes.buffer).set(checksum(machine, bytes.subarray(24)), 4);
  return bytes;
}

test("hostile words with a right checksum are refused or answered, and nothing leaves its bounds", async () => {
  const bytes = changed().snapshot();
  const words = new Uint32Array(bytes.buffer);
  // The image has its own checksum and its own tests.
  const afterImage = 6 + 2 + (((words[6] as number) + 7) >>> 3) * 2;
  const hostileWords = [0xffffffff, 0x7fffffff, 1];
  let refused = 0;
  for (let at = afterImage; at < words.length; at += at < afterImage + 1500 ? 7 : 241) {
    const hostile = bytes.slice();
    new Uint32Array(hostile.buffer)[at] = hostileWords[at % 3] as number;
    await forged(hostile);
    try {
      const engine = Engine.restore(hostile);
      const read = engine.privilege("read", "Account");
      engine.userNames().forEach((_, user) => {
        engine.filter(user, read);
      });
      for (const record of engine.recordNumbers("Account")) engine.whoCan(read, record);
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw new Error(`word ${at}`, { cause: error });
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(50);
}, 120_000);

/** The chunks of a snapshot, as they are. */
function chunksOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const reader = new ChunkReader(bytes.subarray(24), false);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let left = bytes.length - 24; left > 0; ) {
    const chunk = reader.bytes();
    chunks.push(chunk);
    left -= 8 + ((chunk.length + 7) & ~7);
  }
  return chunks;
}

/** A snapshot of these chunks, its checksum right. */
function snapshotOf(chunks: readonly Uint8Array<ArrayBuffer>[], header: Uint8Array): Promise<Uint8Array> {
  const writer = new ChunkWriter();
  for (const chunk of chunks) writer.put(chunk);
  const bytes = new Uint8Array(24 + writer.length);
  bytes.set(header.subarray(0, 24));
  new Uint32Array(bytes.buffer)[2] = bytes.length;
  writer.writeTo(bytes.subarray(24), 64, () => {});
  return forged(bytes);
}

test("chunks of another length or of other words are said to be damaged, whichever they are", async () => {
  const bytes = changed().snapshot();
  const chunks = chunksOf(bytes);
  expect(answersOf(Engine.restore(await snapshotOf(chunks, bytes)))).toEqual(
    answersOf(Engine.restore(bytes)),
  );
  const messages = new Set<string>();
  // The image has its own tests.
  for (let at = 1; at < chunks.length; at++) {
    const chunk = chunks[at] as Uint8Array<ArrayBuffer>;
    const longer = new Uint8Array(chunk.length + 8);
    longer.set(chunk);
    for (const wrong of [chunk.subarray(0, -4), longer, chunk.slice().fill(0x7f)]) {
      const damaged = await snapshotOf(chunks.with(at, wrong), bytes);
      try {
        Engine.restore(damaged);
      } catch (error) {
        if (!(error instanceof BailiwickError)) throw new Error(`chunk ${at}`, { cause: error });
        expect(error.code).toMatch(/^BWK41[49]$/);
        messages.add(error.message.replace("the snapshot is damaged: ", ""));
      }
    }
  }
  for (const words of [
    "business units that do not fit",
    "people who do not fit",
    "pages that do not fit",
    "deleted records of no page",
    "a value that does not exist",
    "columns that do not fit",
    "shares that do not fit",
  ]) {
    expect([...messages]).toContain(words);
  }
});

test("memory of a WebAssembly instance that is nothing but a snapshot stays where it is, too", () => {
  const page = 65_536;
  const withTeam = (length: number) => {
    const engine = engineOf(source);
    engine.update((world) => world.addTeam("t".repeat(length), { businessUnit: "A" }));
    return engine;
  };
  const engine = withTeam(8 + page - (withTeam(8).snapshot().length % page));
  const snapshot = engine.snapshot();
  expect(snapshot.length % page).toBe(0);
  const { buffer } = new WebAssembly.Memory({ initial: snapshot.length / page });
  const bytes = new Uint8Array(buffer);
  bytes.set(snapshot);
  expect(answersOf(Engine.restore(bytes, { transfer: true }))).toEqual(answersOf(engine));
  expect(bytes).toEqual(snapshot);
});

test("names that UTF-8 could not give back come back", () => {
  const engine = engineOf(source);
  const name = "half \ud83d";
  engine.update((world) => world.addTeam(name, { businessUnit: "A", roles: ["Own"], members: ["ann"] }));
  const restored = Engine.restore(engine.snapshot());
  expect(answersOf(restored)).toEqual(answersOf(engine));
  const again = thrown(() => restored.update((world) => world.addTeam(name, { businessUnit: "A" })));
  expect(again.code).toBe("BWK448");
  restored.update((world) => world.removeTeam(name));
});

test.each(["plain", "simd"] as const)("a world without users comes back with its records: %s", (core) => {
  const engine = engineOf(`
    entity Country owned by organization;
    entity Account owned by user or team;
    role Own { permit read on Account at user; }
    organization Root; default team of Root { roles: Own; }
    record fr: Country; record a: Account { owner: Team::"Root"; }`);
  const restored = Engine.restore(engine.snapshot(), { core });
  expect(restored.recordIds("Account")).toEqual(["a"]);
  restored.update((world) => world.addUser("ann", { businessUnit: "Root" }));
  expect(restored.rights("ann", "Account", "a")).toEqual(["read"]);
});

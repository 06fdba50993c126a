// Conditions that mix sides run as quick programs (runtime-as/quick.ts) about loaded records, and in the interpreter about
// described ones: both must say the same, of grants and of forbids, at a first question and at later ones.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";

const most = 9223372036854775807n;
const longs = fc.constantFrom(0n, 1n, 2n, 3n, 5n, 7n, -1n, -3n, most, most - 1n, -most, -most - 1n);

/** Values of the attributes that one user or record has. */
interface Values {
  readonly a?: bigint;
  readonly b?: bigint;
  readonly t?: string;
  readonly flag?: boolean;
}

const values: fc.Arbitrary<Values> = fc.record({
  a: longs,
  b: longs,
  t: fc.constantFrom("x", "y", "z"),
  flag: fc.boolean(),
});

const operators = {
  long: fc.constantFrom("+", "+", "-", "-", "*"),
  order: fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
  logic: fc.constantFrom("&&", "&&", "&&", "||"),
};

const tests = [
  "resource.flag",
  "principal.flag",
  "resource.flag == principal.flag",
  "resource.t == principal.t",
  "resource.t != principal.t",
  "resource has a",
  "principal has b",
  "resource.owner == principal",
  "resource.businessUnit == principal.home",
  "principal.home in resource.businessUnit",
  "principal.tags.contains(resource.t)",
  "(context has limit && context.limit == resource.a)",
];

/** Longs and truth values, as text. */
const { bool } = fc.letrec<{ long: string; bool: string }>((tie) => ({
  long: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(
      "resource.a",
      "principal.a",
      "resource.b",
      "principal.b",
      "0",
      "1",
      "2",
      "3",
      "-3",
      `${most}`,
    ),
    fc.tuple(tie("long"), operators.long, tie("long")).map((parts) => `(${parts.join(" ")})`),
  ),
  bool: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    fc.tuple(tie("long"), operators.order, tie("long")).map((parts) => `${parts.join(" ")}`),
    fc.constantFrom(...tests),
    fc
      .tuple(tie("bool"), operators.logic, tie("bool"))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    tie("bool").map((operand) => `!(${operand})`),
    fc
      .tuple(tie("bool"), tie("bool"), tie("bool"))
      .map(([condition, yes, no]) => `(if ${condition} then ${yes} else ${no})`),
  ),
}));

/** Chains of comparisons are what becomes ranges. */
const chain: fc.Arbitrary<string> = fc
  .array(
    fc
      .tuple(
        fc.constantFrom("resource.a", "resource.b"),
        fc.constantFrom("", " + principal.b", " - principal.b", " * 3", " + 1", " - 7"),
        operators.order,
        fc.constantFrom("principal.a", "principal.b", "principal.a + 2"),
      )
      .map(([column, change, operator, bound]) => `${column}${change} ${operator} ${bound}`),
    { minLength: 1, maxLength: 5 },
  )
  .map((comparisons) => comparisons.join(" && "));

const literals = ({ a, b, t, flag }: Values): string => `a: ${a}; b: ${b}; t: "${t}"; flag: ${flag};`;

/** Another condition, so that questions which are asked together have programs, facts, or both. */
const other = "resource.a > 1 && resource.t != principal.t && resource.flag";

function load(condition: string, users: readonly Values[]): Engine | undefined {
  const attributes = "a: Long, b: Long, t: String, flag: Bool";
  const people = users.map(
    (user, i) =>
      `user u${i} in ${i % 2 === 0 ? "Low" : "Top"} { roles: R; home: Low; tags: ["x", "y"]; ${literals(user)} }`,
  );
  const text = `
    entity Granted owned by user or team { ${attributes} }
    entity Barred owned by user or team { ${attributes} }
    entity Other owned by user or team { ${attributes} }
    entity User { ${attributes}, home: BusinessUnit, tags: Set<String> }
    context { limit?: Long }
    role R {
      permit read on Granted at organization when { ${condition} };
      permit read on Barred at organization;
      permit read on Other at organization when { ${other} };
      permit write on Other at organization when { resource.flag };
    }
    @id("f") forbid (principal, action == Action::"read", resource is Barred) when { ${condition} };
    organization Top { unit Low; }
    ${people.join("\n")}
  `;
  const { image, diagnostics } = compile([{ name: "quick.bwk", text }]);
  if (image !== undefined) return Engine.load(image);
  const { code, message } = diagnostics.find(({ severity }) => severity === "error") ?? {};
  // A constant part that overflows is refused.
  if (code === "BWK307" && message?.includes("overflows")) return undefined;
  throw new Error(`${code} ${message} in ${condition}`);
}

/** The answers about loaded records that are not those about the same records described. `wanting`: attributes not loaded. */
function differences(
  condition: string,
  users: readonly Values[],
  records: readonly Values[],
  wanting: readonly (keyof Values)[],
): string[] {
  const engine = load(condition, users);
  const found: string[] = [];
  for (const entity of engine === undefined ? [] : ["Granted", "Barred"]) {
    const names = (["a", "b", "t", "flag"] as const).filter((name) => !wanting.includes(name));
    const cells = (name: keyof Values): string[] => records.map((record) => `${record[name]}`);
    const owners = records.map((_, i) => `u${i % users.length}`);
    engine?.records.load(entity, {
      id: records.map((_, i) => `r${i}`),
      owner: owners,
      ...Object.fromEntries(names.map((name) => [name, cells(name)])),
    });
    users.forEach((_, user) => {
      const principal = `u${user}`;
      const answers: (boolean | undefined)[] = [];
      records.forEach((record, i) => {
        const given = Object.fromEntries(names.map((name) => [name, record[name]]));
        const described = { entity, owner: { user: owners[i] as string }, ...given };
        const expected = engine?.check({ principal, action: "read", resource: described }).allowed;
        const question = [
          engine?.principal(principal) as number,
          engine?.privilege("read", entity) as number,
          engine?.record(entity, `r${i}`) as number,
        ] as const;
        for (const time of [1, 2, 3]) {
          const got = engine?.allows(...question);
          if (got !== expected) found.push(`${principal} ${entity} r${i} (${time}): ${got}, not ${expected}`);
        }
        answers.push(expected);
      });
      // Rows of one user's questions are answered together.
      const row = Array.from({ length: 64 }, (_, i) => i % records.length);
      const together = engine?.checkBatch({
        principals: Uint32Array.from(row, () => engine.principal(principal)),
        privileges: Uint32Array.from(row, () => engine.privilege("read", entity)),
        records: Uint32Array.from(row, (i) => engine.record(entity, `r${i}`)),
      });
      row.forEach((i, at) => {
        const got = together?.get(at);
        if (got !== answers[i])
          found.push(`${principal} ${entity} r${i} in a row: ${got}, not ${answers[i]}`);
      });
    });
  }
  return found;
}

/** Whether rows of questions about many users say what each question says alone. */
function differencesInRows(
  condition: string,
  users: readonly Values[],
  records: readonly Values[],
): string[] {
  const engine = load(condition, users);
  if (engine === undefined) return [];
  const entities = ["Granted", "Barred", "Other"];
  for (const entity of entities) {
    engine.records.load(entity, {
      id: records.map((_, i) => `r${i}`),
      owner: records.map((_, i) => `u${i % users.length}`),
      ...Object.fromEntries(
        (["a", "b", "t", "flag"] as const).map((name) => [name, records.map((record) => `${record[name]}`)]),
      ),
    });
  }
  const actions = [...entities.map((entity) => ["read", entity] as const), ["write", "Other"] as const];
  const questions = Array.from({ length: 256 }, (_, i) => {
    const [action, entity] = actions[(i >> 6) % 4 === 3 ? i % 4 : (i >> 6) % 4] as readonly [string, string];
    return {
      principal: `u${(i * 5) % users.length}`,
      action,
      resource: { entity, id: `r${(i * 7) % records.length}` },
    };
  });
  const row = {
    principals: Uint32Array.from(questions, ({ principal }) => engine.principal(principal)),
    privileges: Uint32Array.from(questions, ({ action, resource }) =>
      engine.privilege(action, resource.entity),
    ),
    records: Uint32Array.from(questions, ({ resource }) => engine.record(resource.entity, resource.id)),
  };
  // What is worked out of a user is kept at the first time, becomes ranges at the second, and serves from then on.
  const times = [1, 2, 3].map(() => engine.checkBatch(row));
  return questions.flatMap((question, i) => {
    const expected = engine.check(question).allowed;
    return times.flatMap((answers, time) =>
      answers.get(i) === expected ? [] : [`${i} ${JSON.stringify(question)} (${time + 1}): not ${expected}`],
    );
  });
}

const world = [
  fc.array(values, { minLength: 1, maxLength: 2 }),
  fc.array(values, { minLength: 1, maxLength: 8 }),
  fc.oneof(fc.constant([]), fc.subarray<keyof Values>(["a", "b", "t", "flag"])),
] as const;
const numRuns = Math.ceil(Number(process.env.BAILIWICK_WORLDS ?? 3000) / 3);
const seed = Number(process.env.BAILIWICK_SEED ?? 20261122);

test("any condition, quick and interpreted", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(bool, ...world, (condition, users, records, wanting) => {
      expect(differences(condition, users, records, wanting)).toEqual([]);
    }),
    { numRuns, seed },
  );
});

test("chains of comparisons, in ranges and interpreted", { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(chain, ...world, (condition, users, records, wanting) => {
      expect(differences(condition, users, records, wanting)).toEqual([]);
    }),
    { numRuns, seed },
  );
});

test("rows of questions about many users", { timeout: 600_000 }, () => {
  const many = [
    fc.array(values, { minLength: 7, maxLength: 12 }),
    fc.array(values, { minLength: 1, maxLength: 8 }),
  ] as const;
  fc.assert(
    fc.property(fc.oneof(chain, bool), ...many, (condition, users, records) => {
      expect(differencesInRows(condition, users, records)).toEqual([]);
    }),
    { numRuns: Math.ceil(numRuns / 2), seed },
  );
});

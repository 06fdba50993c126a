// Thousands of questions in numbers, in blocks of 32 as the core answers them: of one user and privilege, of a few that take turns,
// of one privilege and many users, of all; deleted records, users who were removed, and numbers of nothing among them.
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import { scatter } from "./design-attributes.ts";
import { at } from "./design-policy.ts";
import { type Project, recordActions } from "./project.ts";

export interface Questions {
  readonly principals: Uint32Array;
  readonly privileges: Uint32Array;
  readonly records: Uint32Array;
  /** Of each block how it is made. */
  readonly mixtures: readonly Mixture[];
}

export const mixtures = ["alike", "turns", "one privilege", "all", "tasks", "strange"] as const;
type Mixture = (typeof mixtures)[number];

const BLOCK = 32;

/** What there is to ask about, in numbers. */
export interface Numbers {
  readonly users: number;
  /** Those under conditions several times. */
  readonly privileges: readonly { readonly number: number; readonly entity: string | undefined }[];
  readonly tasks: readonly number[];
  readonly recordsOf: ReadonlyMap<string, readonly number[]>;
  /** Of records that were deleted. */
  readonly gone: readonly number[];
}

export function numbersIn(engine: Engine, project: Project): Numbers {
  const entities = project.entities.map(({ name }) => name);
  const grants = project.roles.flatMap((role) => role.grants);
  const isHot = (action: string, entity: string): number => {
    const { set } = project.entities.find(({ name }) => name === entity) ?? {};
    const conditional = grants.some(
      ({ actions, on, condition }) =>
        condition.length > 0 &&
        (on.includes(set ?? entity) || on.includes("*")) &&
        (actions.includes(action) || actions.includes("all")),
    );
    return conditional ? 4 : 1;
  };
  return {
    users: engine.userNames().length,
    privileges: entities.flatMap((entity) =>
      recordActions.flatMap((action) => {
        const privilege = { number: engine.privilege(action, entity), entity };
        return Array.from({ length: isHot(action, entity) }, () => privilege);
      }),
    ),
    tasks: engine.taskNames().map((task) => engine.privilege(task)),
    recordsOf: new Map(entities.map((entity) => [entity, [...engine.recordNumbers(entity)]])),
    // A deleted record has its number, and no id.
    gone: entities.flatMap((entity) => {
      const ids = engine.recordIds(entity);
      return [...engine.recordNumbers(entity)].filter((_, place) => ids[place] === "");
    }),
  };
}

const nowhere = [0xffffffff, 0x7fffffff, 0x80000000, 4_096 * 40, 77_777] as const;

/** At least `blocks` blocks of 32, and a rest. */
export function questionsIn(numbers: Numbers, blocks: number, seed: number): Questions {
  let drawn = 0;
  const next = (): number => scatter(seed, drawn++);
  const principals: number[] = [];
  const privileges: number[] = [];
  const records: number[] = [];
  const all = [...numbers.recordsOf.values()].flat();
  const user = () => next() % numbers.users;
  const ask = (who: number, { number, entity }: Numbers["privileges"][number]): void => {
    const own = numbers.recordsOf.get(entity ?? "") ?? [];
    const pick = next();
    principals.push(who);
    privileges.push(number);
    // Now and then one of another entity, or one that is no more.
    if (pick % 29 === 28 && all.length > 0) records.push(at(all, next()));
    else if (pick % 31 === 30 && numbers.gone.length > 0) records.push(at(numbers.gone, next()));
    else records.push(own.length === 0 ? noRecord : at(own, next()));
  };
  const made: Mixture[] = [];
  for (let block = 0; block <= blocks; block++) {
    const mixture = at(mixtures, next());
    made.push(mixture);
    const length = block === blocks ? 1 + (next() % 31) : BLOCK;
    const pairs = Array.from(
      { length: 2 + (next() % 3) },
      () => [user(), at(numbers.privileges, next())] as const,
    );
    const [first] = pairs;
    for (let i = 0; i < length; i++) {
      if (mixture === "alike" && first !== undefined) ask(...first);
      else if (mixture === "turns") ask(...(at(pairs, next()) as (typeof pairs)[number]));
      else if (mixture === "one privilege" && first !== undefined) ask(user(), first[1]);
      else ask(user(), at(numbers.privileges, next()));
      const place = principals.length - 1;
      if (mixture === "tasks" && next() % 3 === 0) {
        privileges[place] = at(numbers.tasks, next());
        records[place] = next() % 5 === 0 && all.length > 0 ? at(all, next()) : noRecord;
      }
      if (mixture !== "strange" || next() % 4 > 0) continue;
      const column = at([principals, privileges, records], next());
      column[place] = at([...nowhere, numbers.users], next());
    }
  }
  return {
    principals: Uint32Array.from(principals),
    privileges: Uint32Array.from(privileges),
    records: Uint32Array.from(records),
    mixtures: made,
  };
}

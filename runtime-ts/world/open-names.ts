import { OPEN_POSITION, OPEN_PRINCIPAL, OPEN_TEAM, OPEN_UNIT, OPEN_USER } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import type { OpenName } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";

interface Names {
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** What is declared by now, by kind. */
export interface KnownNames {
  readonly users: Names;
  readonly teams: Names;
  readonly units: Names;
  readonly positions: Names;
}

/** Names that the policy left to the directory must exist now (language.md section 7). Throws BWK201, BWK204. */
export function checkOpenNames(openNames: readonly OpenName[], known: KnownNames): void {
  const { users, teams, units, positions } = known;
  const kinds = new Map<number, readonly [kind: string, candidates: readonly Names[]]>([
    [OPEN_USER, ["user", [users]]],
    [OPEN_TEAM, ["team", [teams]]],
    [OPEN_UNIT, ["business unit", [units]]],
    [OPEN_PRINCIPAL, ["user or team", [users, teams]]],
    [OPEN_POSITION, ["position", [positions]]],
  ]);
  for (const { kind, name, file, line } of openNames) {
    const [words, candidates] = kinds.get(kind) as readonly [string, readonly Names[]];
    const found = candidates.filter((names) => names.has(name)).length;
    if (found === 1) continue;
    if (found > 1) {
      throw new BailiwickError(
        "BWK204",
        `${file}:${line}: ${quote(name)} is a user and a team`,
        `say \`User::${JSON.stringify(name)}\` or \`Team::${JSON.stringify(name)}\``,
      );
    }
    throw new BailiwickError(
      "BWK201",
      `${file}:${line}: unknown ${words} ${quote(name)}`,
      didYouMean(
        name,
        candidates.flatMap((names) => [...names.keys()]),
      ) ?? "neither the policy nor the directory declares it",
    );
  }
}

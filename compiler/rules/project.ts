// What the rules see: the project and each of its tests, as stages with what was written in them.
import type { Report } from "../diagnostics/report.ts";
import type { Policy, World } from "../model/model.ts";
import type { Resolution } from "../model/resolve.ts";
import type { TestResolution } from "../model/resolve-test.ts";
import type { Step } from "../model/script.ts";
import type { Sites } from "../model/sites.ts";
import { peopleAfter } from "../model/world/people-after.ts";
import type { State } from "../model/world/state.ts";
import { type ConditionFindings, judgeConditions } from "./conditions.ts";
import { type GrantedTogether, grantedTogether } from "./granted-together.ts";

/** The project itself, or one of its tests. */
export interface Stage {
  readonly policy: Policy;
  /** At the first line: in a test, before its records. */
  readonly world: World;
  readonly sites: Sites;
  /**
   * The people, places and roles before a step of the test, which what principals do does not change; without a step, those
   * from the first line.
   */
  readonly stateAt: (step: number | undefined) => State;
}

export interface Project {
  readonly global: Stage;
  /** The project first, then its tests. */
  readonly stages: readonly Stage[];
  readonly grantedTogether: GrantedTogether;
  /** What is wrong with the conditions, and which of them say nothing. */
  readonly conditions: ConditionFindings;
}

/** One rule of meaning: reads the project, reports what breaks it, changes nothing. */
export type Rule = (project: Project, report: Report) => void;

export function projectOf(resolution: Resolution, tests: readonly TestResolution[]): Project {
  const { model, sites } = resolution;
  const global = stage(model.policy, model.world, sites, []);
  const stages = [
    global,
    ...tests.map(({ test, sites }) => stage(test.policy, test.world, sites, test.steps)),
  ];
  return {
    global,
    grantedTogether: grantedTogether(model.policy, model.world),
    stages,
    conditions: judgeConditions(stages),
  };
}

function stage(policy: Policy, world: World, sites: Sites, steps: readonly Step[]): Stage {
  const states: State[] = [{ policy, world }];
  const stateAt = (step: number | undefined): State => {
    for (let made = states.length; made <= (step ?? 0); made++) {
      const before = states[made - 1] as State;
      const passed = steps[made - 1];
      states.push(passed?.kind === "set" ? peopleAfter(before, passed.change) : before);
    }
    return states[step ?? 0] as State;
  };
  return { policy, world, sites, stateAt };
}

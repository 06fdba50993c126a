// Random models as a directory and tables make them, with lookups that lead nowhere and attributes that are left out, in Cedar
// and by the slow twin.
import { test } from "vitest";
import type { Model } from "../../compiler/index.ts";
import type { Project } from "../properties/project.ts";
import { toPolicy, toWorld } from "../properties/to-model.ts";
import { decideAlike } from "./decide-alike.ts";
import { patient, worlds } from "./settings.ts";

function loaded(project: Project): Model {
  return { policy: toPolicy(project), world: toWorld(project), openNames: [] };
}

const half = Math.ceil(worlds / 2);

test(`Cedar and the twin agree on ${half} random loaded worlds`, patient, () => {
  decideAlike("loaded", loaded, half);
});

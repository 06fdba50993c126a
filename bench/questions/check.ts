// One question by names, as a request comes in.
import { Random } from "../generate/random.ts";
import { makeTenant } from "../generate/tenant.ts";
import { firstOf, makeRequests } from "../generate/tenant-requests.ts";
import { collect } from "../harness/contestant.ts";
import { fasterThan, perSecond } from "../harness/goals.ts";
import type { RaceQuestion } from "../harness/question.ts";
import { BAILIWICK, loadTenant } from "../peers/bailiwick.ts";
import {
  HAND_WRITTEN,
  HandWritten,
  handWrittenByNames,
  type NamedRequest,
  namedRequests,
} from "../peers/hand-written.ts";
import { slowTwin } from "../peers/slow-twin.ts";
import { hot, worldText } from "./worlds.ts";

export const check: RaceQuestion = {
  name: "check",
  title: "check: one check by names",
  prepare: () => {
    const tenant = makeTenant(hot, 1);
    const drawn = makeRequests(hot, 100_000, new Random(2));
    const requests = namedRequests(drawn, tenant);
    const { engine } = loadTenant(tenant);
    return {
      world: worldText(hot),
      unit: "check",
      contestants: [
        {
          name: BAILIWICK,
          answers: requests.length,
          decisions: () => collect(requests.length, (i) => engine.check(requests[i] as NamedRequest).allowed),
          run: () => {
            let allowed = 0;
            for (const request of requests) if (engine.check(request).allowed) allowed++;
            return allowed;
          },
        },
        handWrittenByNames(new HandWritten(tenant), requests),
        slowTwin(tenant, firstOf(drawn, 5_000)),
      ],
      goals: (result) => [perSecond(result, BAILIWICK, 3e6, "checks"), fasterThan(result, HAND_WRITTEN, 2)],
      notes: [`${BAILIWICK} gives the reason too`],
    };
  },
};

// What the host may call. Numbers and addresses only; nothing here trusts a number to be in range.
export { allows } from "./allows";
export { checkBatch } from "./batch";
export { takeTextRows, takeTextSlots } from "./check-texts";
export { endChecksum, takeChecksum } from "./checksum";
export { computeFactsOfUser, computePageFacts, computeRecordFacts, computeUserFacts } from "./compute-facts";
export { decide, decideDescribed } from "./decide";
export { explain, explainDescribed } from "./explain";
export { forgetRequestFacts } from "./facts";
export { filter } from "./filter";
export { guardUser, markGuarded } from "./guardrails";
export { planeWords, rolePlanes, slotOf, unionPlanes } from "./image";
export { allocate, mark, reset, world } from "./memory";
export { decideCreate, explainCreate, holdsGrant, mayOwn, mayOwnDescribed } from "./own";
export { recordsInUnit, remapUnits } from "./remap";
export { chainShares, ownersAreKnown, packShares } from "./restore";
export { imageErrorSection, loadImage } from "./validate";
export { whoCan } from "./who";
export { makeWho, whoBytes } from "./who-index";

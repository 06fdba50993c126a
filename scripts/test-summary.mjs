// One plain line after the tests, from what the test run wrote: N passed, N failed, N skipped.
import { readFileSync } from "node:fs";

const results = JSON.parse(readFileSync(new URL("../build/test-results.json", import.meta.url), "utf8"));
const skipped = results.numPendingTests + (results.numTodoTests ?? 0);
console.log(`${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped`);

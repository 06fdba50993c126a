// Cedar answers an application's requests in a process of its own (peers/cedar-process.ts says why).
import { setFlagsFromString } from "node:v8";
import { type RemoteContestant, remote, serve } from "../harness/remote.ts";

export interface AppTask {
  readonly app: string;
  readonly n: number;
  readonly seed: number;
  readonly requests: number;
}

export function appInCedar(task: AppTask): Promise<RemoteContestant> {
  return remote(new URL(import.meta.url), task);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  const { cedarContestant } = await import("../peers/cedar.ts");
  const { apps } = await import("./index.ts");
  serve(({ app: name, n, seed, requests }: AppTask) => {
    const app = apps.find((each) => each.name === name);
    if (app === undefined) throw new Error(`no application ${name}`);
    const world = app.make(n, seed, requests);
    return cedarContestant("cedar-wasm", world.policies, world.requests.map(world.call));
  });
}

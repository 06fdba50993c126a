// A contestant in a process of its own, where it needs a setting of the machine that would slow the others. It takes the time
// itself, between messages.
import { fork } from "node:child_process";
import type { Contestant } from "./contestant.ts";

type Order =
  | { readonly kind: "decisions" }
  | { readonly kind: "run"; readonly times: number }
  | { readonly kind: "each" };
type Reply =
  | { readonly kind: "ready"; readonly name: string; readonly answers: number }
  | { readonly kind: "decisions"; readonly words: Uint32Array }
  | { readonly kind: "run"; readonly milliseconds: number }
  | { readonly kind: "each"; readonly nanoseconds: Float64Array };

/** In the child: answers orders about the contestant that is made of what the parent sent. */
export function serve<T>(make: (task: T) => Contestant | Promise<Contestant>): void {
  const reply = (message: Reply): void => {
    process.send?.(message);
  };
  let consumed = 0;
  process.once("message", async (task) => {
    const contestant = await make(task as T);
    process.on("message", async (order: Order) => {
      if (order.kind === "decisions") {
        reply({ kind: "decisions", words: await contestant.decisions() });
        return;
      }
      if (order.kind === "each") {
        reply({ kind: "each", nanoseconds: contestant.each?.() ?? new Float64Array() });
        return;
      }
      const start = performance.now();
      for (let i = 0; i < order.times; i++) consumed += contestant.run();
      const milliseconds = performance.now() - start;
      if (Number.isNaN(consumed)) throw new Error("an answer is no number");
      reply({ kind: "run", milliseconds });
    });
    reply({ kind: "ready", name: contestant.name, answers: contestant.answers });
  });
  process.once("disconnect", () => process.exit());
}

/** A contestant elsewhere, which also tells what each request took. */
export interface RemoteContestant extends Contestant {
  readonly eachElsewhere: () => Promise<Float64Array>;
}

/** Starts `script` (a URL), gives it its task, and stands for the contestant that it makes. */
export async function remote(script: URL, task: object): Promise<RemoteContestant> {
  const child = fork(script, { serialization: "advanced" });
  const next = <K extends Reply["kind"]>(kind: K): Promise<Extract<Reply, { kind: K }>> =>
    new Promise((resolve, reject) => {
      const failed = (code: number | null) => reject(new Error(`${script.pathname} ended with ${code}`));
      child.once("exit", failed);
      child.once("message", (message: Reply) => {
        child.off("exit", failed);
        if (message.kind === kind) resolve(message as Extract<Reply, { kind: K }>);
        else reject(new Error(`expected ${kind}, got ${message.kind}`));
      });
    });
  const order = <K extends Reply["kind"]>(message: Order | object, kind: K) => {
    const answer = next(kind);
    child.send(message);
    return answer;
  };
  const { name, answers } = await order(task, "ready");
  return {
    name,
    answers,
    decisions: async () => (await order({ kind: "decisions" }, "decisions")).words,
    run: () => {
      throw new Error(`${name} runs elsewhere`);
    },
    runElsewhere: async (times) => (await order({ kind: "run", times }, "run")).milliseconds,
    eachElsewhere: async () => (await order({ kind: "each" }, "each")).nanoseconds,
    close: () => {
      child.disconnect();
    },
  };
}

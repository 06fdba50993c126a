import { analyze, compile, type Model, type SourceFile } from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";
import { Oracle } from "../test/oracle/evaluate.ts";
import { generateOrganization, type Organization, type Sizes } from "./generate/organization.ts";
import { twinWorld } from "./generate/twin-world.ts";
import type { NamedRequest } from "./requests.ts";

export interface LoadedWorld {
  readonly organization: Organization;
  readonly sources: SourceFile[];
  readonly image: Uint8Array;
  readonly engine: Engine;
  /** Milliseconds of each step. */
  readonly times: {
    readonly compile: number;
    readonly directory: number;
    readonly records: number;
    readonly shares: number;
  };
}

export function timed<T>(work: () => T): [result: T, milliseconds: number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

/** Compiles, or stops with what the compiler says: the generator made an error. */
export function compileOrStop(sources: SourceFile[]): Uint8Array {
  const { image, diagnostics } = compile(sources);
  if (image === undefined)
    throw new Error(
      diagnostics
        .slice(0, 5)
        .map(({ code, message }) => `${code} ${message}`)
        .join("\n"),
    );
  return image;
}

/** Generates an organization, compiles its policies and loads its people, records and shares. */
export function loadWorld(sizes: Sizes, seed: number): LoadedWorld {
  const organization = generateOrganization(sizes, seed);
  const sources: SourceFile[] = organization.policy.files;
  const [image, compileTime] = timed(() => compileOrStop(sources));
  const engine = Engine.load(image);
  const [, directory] = timed(() => engine.directory.load(organization.directory));
  const [, records] = timed(() => {
    for (const { entity, columns } of organization.records)
      engine.records.load(entity, { ...columns, id: columns.id as string[] });
  });
  const [, shares] = timed(() => engine.shares.load(organization.shares));
  return {
    organization,
    sources,
    image,
    engine,
    times: { compile: compileTime, directory, records, shares },
  };
}

/** The records that requests touch, parents included: all that the twin needs to know. */
function touched(requests: readonly NamedRequest[], organization: Organization): Set<string> {
  const wanted = new Set(requests.map(({ entity, id }) => `${entity}/${id}`));
  for (const { entity, columns } of organization.records) {
    for (const lookup of ["quote", "salesOrder", "invoice"]) {
      const parents = columns[lookup];
      if (parents === undefined) continue;
      const parentEntity = `${lookup.charAt(0).toUpperCase()}${lookup.slice(1)}`;
      (columns.id as string[]).forEach((id, i) => {
        if (wanted.has(`${entity}/${id}`)) wanted.add(`${parentEntity}/${parents[i]}`);
      });
    }
  }
  return wanted;
}

export interface Comparison {
  readonly compared: number;
  readonly allowed: number;
  readonly differences: {
    readonly request: NamedRequest;
    readonly engine: boolean;
    readonly twin: boolean;
  }[];
}

/** Asks the engine and the slow twin the same questions. */
export function compareWithTwin(world: LoadedWorld, requests: readonly NamedRequest[]): Comparison {
  const { model } = analyze(world.sources);
  const { organization, engine } = world;
  const twin = new Oracle(
    (model as Model).policy,
    twinWorld(organization, model as Model, touched(requests, organization)),
  );
  const differences: Comparison["differences"] = [];
  let allowed = 0;
  for (const request of requests) {
    const { principal, action, entity, id } = request;
    const fromTwin = twin.check({ principal, action, record: { entity, id } }).allowed;
    const fromEngine = engine.allows(
      engine.principal(principal),
      engine.privilege(action, entity),
      engine.record(entity, id),
    );
    if (fromTwin) allowed++;
    if (fromTwin !== fromEngine) differences.push({ request, engine: fromEngine, twin: fromTwin });
  }
  return { compared: requests.length, allowed, differences };
}

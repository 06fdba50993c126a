import { compile, render } from "../../compiler/index.ts";
import { Engine, noRecord } from "../../runtime-ts/index.ts";
import type { AppWorld } from "./app.ts";

/** An application's world in an engine. */
export function engineOf({ sources, directory, records, shares }: AppWorld): Engine {
  const { image, diagnostics } = compile(sources);
  if (image === undefined) throw new Error(render(diagnostics, { color: false }));
  const engine = Engine.load(image);
  engine.directory.load(directory);
  for (const { entity, columns } of records) engine.records.load(entity, columns);
  engine.shares.load(shares);
  return engine;
}

/** A request in numbers. */
export interface NumberedRequest {
  readonly principal: number;
  readonly privilege: number;
  readonly record: number;
}

export function numbered(engine: Engine, { requests, question }: AppWorld): NumberedRequest[] {
  return requests.map((request) => {
    const { principal, action, resource } = question(request);
    return {
      principal: engine.principal(principal),
      privilege: engine.privilege(action, resource?.entity),
      record: resource === undefined ? noRecord : engine.record(resource.entity, resource.id),
    };
  });
}

import type { SourceFile } from "../../compiler/index.ts";
import type { Directory, RecordColumns, ShareColumns } from "../../runtime-ts/index.ts";
import type { CedarCall } from "../peers/cedar.ts";

/** A request of an application: user and resource by number, the resource of the kind that the action is about. */
export interface AppRequest {
  readonly user: number;
  readonly action: string;
  readonly resource: number;
}

/** A request as `Engine.check` takes it. */
export interface AppQuestion {
  readonly principal: string;
  readonly action: string;
  readonly resource?: { readonly entity: string; readonly id: string };
}

/** One of the paper's applications over one graph of entities, said in three ways. */
export interface AppWorld {
  readonly requests: readonly AppRequest[];
  readonly sources: SourceFile[];
  readonly directory: Directory;
  readonly records: readonly { readonly entity: string; readonly columns: RecordColumns }[];
  readonly shares: ShareColumns;
  readonly question: (request: AppRequest) => AppQuestion;
  /** Cedar's policies, and a request with only the entities that it can reach. */
  readonly policies: string;
  readonly call: (request: AppRequest) => CedarCall;
  /** What the application means, searched for in the graph. */
  readonly decide: (request: AppRequest) => boolean;
}

/** An application of the paper. */
export interface App {
  readonly name: "gdrive" | "github" | "tinytodo";
  /** `n` entities of each kind; the same seed gives the same graph and requests. */
  readonly make: (n: number, seed: number, requests: number) => AppWorld;
  /** How our encoding says what the application means, where that is not plain. */
  readonly mapping: string;
}

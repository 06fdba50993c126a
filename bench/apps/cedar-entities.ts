// Entities as Cedar's JSON has them.
import type { CedarCall } from "../peers/cedar.ts";

export interface Uid {
  readonly type: string;
  readonly id: string;
}

export const uid = (type: string, id: string | number): Uid => ({ type, id: String(id) });
export const reference = (to: Uid): object => ({ __entity: to });

export interface Entity {
  readonly uid: Uid;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly parents: readonly Uid[];
}

export function callOf(
  principal: Uid,
  action: string,
  resource: Uid,
  entities: readonly Entity[],
): CedarCall {
  return {
    principal,
    action: uid("Action", action),
    resource,
    context: {},
    entities: entities as unknown as CedarCall["entities"],
  };
}

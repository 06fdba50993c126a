// Worlds for the tests of hierarchy security.
import type { Engine } from "../../runtime-ts/index.ts";
import { rightsOf } from "./ask-everywhere.ts";
import { engineOf } from "./load.ts";

const all = "read, write, delete, assign, share, append, appendTo";
export const schema = `
  entity Account owned by user or team { name?: String }
  entity Deal owned by user or team { secret?: Bool }
  entity Line owned by parent account { account: Account }
  entity Country owned by organization;
  entity Facility owned by business unit;
  role Seller {
    permit ${all} on Account, Deal at user;
    permit read, write on Country at organization;
    permit read, write on Facility at businessUnit;
  }
  role Local { permit ${all} on Account at businessUnit; }
  role Nothing { permit read on Country at organization; }
`;

/** ceo, over vp, over mgr, over rep, over intern; all in one unit, one record each. */
export const chain = `
  organization Root { unit Sales { unit Inner { unit Deep; } } unit Support; }
  user ceo in Sales { roles: Seller; }
  user vp in Sales { roles: Seller; manager: ceo; }
  user mgr in Sales { roles: Seller; manager: vp; }
  user rep in Sales { roles: Seller; manager: mgr; }
  user intern in Sales { roles: Seller; manager: rep; }
  record ofVp: Account { owner: vp; }
  record ofMgr: Account { owner: mgr; }
  record ofRep: Account { owner: rep; }
  record ofIntern: Account { owner: intern; }
`;

/** An engine on these settings, with the schema and roles above. */
export function world(settings: string, ...parts: string[]): Engine {
  return engineOf(`settings { ${settings} } ${schema} ${parts.join("\n")}`);
}

/** What a direct report gives. */
export const direct = "read write append appendTo";
export const rightsOnAccount = (engine: Engine, user: string, id: string): string =>
  rightsOf(engine, user, "Account", id);

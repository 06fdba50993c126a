import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/run.ts";
import { memoryIo } from "./memory-io.ts";

/** A small organization: the policy in text, people and records in files. */
export const policyText = `\
entity Account owned by user or team {
  name: String,
  status?: Choice("open", "won"),
  amount?: Decimal,
  parent?: Account,
}
entity Country owned by organization { name?: String }
entity Facility owned by business unit;
entity Line owned by parent account { account: Account }
entity "Pièce jointe" owned by user or team { name?: String }
entity "a/b" owned by organization;
entity User { clearance?: Long }
context { mfa: Bool, channel?: Choice("web", "phone"), level?: Long }
privilege ExportToExcel, BulkEdit;

role Salesperson {
  permit read on Account at businessUnit;
  permit write on Account at user;
  permit read on "Pièce jointe", Facility at organization;
  permit ExportToExcel;
}
team role "EU reader" { permit read on Account at user; permit read on Country, "a/b" at organization; }
administrator role "System Administrator";

@id("no-bob")
forbid (principal == User::"bob", action == write, resource);
`;

export const directory = {
  businessUnits: [{ id: "Contoso" }, { id: "EU", parent: "Contoso" }, { id: "US", parent: "Contoso" }],
  users: [
    {
      id: "alice",
      businessUnit: "EU",
      roles: ["Salesperson"],
      attributes: { clearance: "9007199254740993" },
    },
    { id: "bob", businessUnit: "US", roles: ["Salesperson"] },
    { id: "root", businessUnit: "Contoso", roles: ["System Administrator"] },
    { id: "gone", businessUnit: "EU", roles: ["Salesperson"], disabled: true },
  ],
  teams: [{ id: "Europe", kind: "owner", businessUnit: "EU", roles: ["EU reader"], members: ["bob"] }],
};

export const recordsCsv = `\
entity,id,owner,owner_type,business_unit,name,status,account
Account,acc1,alice,,,First,open,
Account,acc2,Europe,team,,Second,,
Account,007,bob,user,,"Third, with comma",won,
Country,fr,,,,France,,
Facility,hq,,,EU,,,
Line,l1,,,,,,acc1
"Pièce jointe",p1,alice,,,,,
a/b,c/d,,,,,,
`;

export const sharesCsv = `\
entity,id,principal,principal_type,rights,inherited_rights
Account,007,alice,user,read|write,
Account,acc1,bob,user,3,
`;

export const requestsCsv = `\
principal,action,entity,id
alice,read,Account,acc1
alice,read,Account,007
bob,read,Account,acc2
bob,write,Account,007
alice,ExportToExcel,,
root,BulkEdit,,
gone,read,Account,acc1
alice,read,Line,l1
alice,read,a/b,c/d
`;

/** A folder with files that is gone after the test. */
export class Folder implements Disposable {
  readonly path: string = mkdtempSync(join(tmpdir(), "bailiwick-cli-"));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  /** The small organization as files. */
  static organization(): Folder {
    return new Folder({
      "policy.bwk": policyText,
      "d.json": JSON.stringify(directory),
      "r.csv": recordsCsv,
      "s.csv": sharesCsv,
      "q.csv": requestsCsv,
    });
  }

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  /** The names of what is in it. */
  names(): string[] {
    return readdirSync(this.path).sort();
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const world: readonly string[] = [
  ...["--policy", "policy.bwk", "--directory", "d.json"],
  ...["--records", "r.csv", "--shares", "s.csv"],
];

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a folder. */
export async function bailiwick(
  folder: Folder,
  argv: readonly string[],
  options: { stdin?: string | Uint8Array; env?: Record<string, string>; terminal?: boolean } = {},
): Promise<Ran> {
  const io = memoryIo({ cwd: folder.path, ...options });
  const code = await run(argv, io);
  return { code, ...io.written };
}

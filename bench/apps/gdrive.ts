// Documents in folders, viewed by users and groups, as in Google Drive. The corrected variant: in the paper's generator the views
// of users and groups are called otherwise than the parents of documents and folders, so that no view ever grants anything.
import type { SourceFile } from "../../compiler/index.ts";
import { Random } from "../generate/random.ts";
import type { App, AppRequest, AppWorld } from "./app.ts";
import { callOf, type Entity, reference, uid } from "./cedar-entities.ts";
import { lists, reached, someOf, turned } from "./graph.ts";
import { ShareTable } from "./share-table.ts";

interface Graph {
  readonly n: number;
  readonly groupsOfUser: readonly number[][];
  readonly documentsOfOwner: readonly number[][];
  readonly foldersOfOwner: readonly number[][];
  readonly foldersOfDocument: readonly number[][];
  /** Only those with smaller numbers. */
  readonly foldersOfFolder: readonly number[][];
  readonly viewersOfDocument: readonly number[][];
  readonly groupsViewingDocument: readonly number[][];
  readonly viewersOfFolder: readonly number[][];
  readonly groupsViewingFolder: readonly number[][];
  readonly isPublic: readonly boolean[];
}

function makeGraph(n: number, random: Random): Graph {
  const edges = () => lists(n, () => someOf(n, random));
  return {
    n,
    groupsOfUser: edges(),
    documentsOfOwner: edges(),
    foldersOfOwner: edges(),
    foldersOfDocument: edges(),
    foldersOfFolder: lists(n, (folder) => someOf(folder, random)),
    viewersOfDocument: edges(),
    groupsViewingDocument: edges(),
    viewersOfFolder: edges(),
    groupsViewingFolder: edges(),
    isPublic: Array.from({ length: n }, () => random.chance(0.5)),
  };
}

const onDocuments = ["read", "write", "share", "changeOwner"];
const actions = [...onDocuments, "createDocument"];

const policies = `
permit (principal, action == Action::"read", resource)
when { resource in principal.documentsAndFoldersWithViewAccess };
permit (principal, action == Action::"read", resource) when { resource.isPublic };
permit (principal, action in [Action::"read", Action::"write", Action::"share"], resource)
when { resource in principal.ownedDocuments || resource in principal.ownedFolders };
permit (principal, action == Action::"changeOwner", resource) when { principal.ownedDocuments.contains(resource) };
permit (principal, action == Action::"createDocument", resource) when { principal.ownedFolders.contains(resource) };
`;

const sources: SourceFile[] = [
  {
    name: "gdrive.bwk",
    text: `
entity Document owned by user or team { isPublic: Bool }
entity Folder owned by user or team;
role "Drive user" {
  permit read, write, share, assign on Document at user;
  permit append on Folder at user;
}
role Everybody { permit read on Document at organization when { resource.isPublic }; }
`,
  },
];

/** Our word for each action. */
const privileges: Record<string, string> = {
  read: "read",
  write: "write",
  share: "share",
  changeOwner: "assign",
  createDocument: "append",
};

const user = (i: number): string => `user-${i}`;
const group = (i: number): string => `group-${i}`;
/** Owns what nobody owns, and is never asked about. */
const NOBODY = "nobody";

/** A record has one owner; what its other owners may do is shared with them. */
function addOwners(
  shares: ShareTable,
  record: readonly [entity: string, id: string],
  owners: readonly number[],
  rights: readonly string[],
): string {
  for (const other of owners.slice(1)) shares.add(record, ["user", user(other)], rights);
  return owners[0] === undefined ? NOBODY : user(owners[0]);
}

function sharesOf(graph: Graph): { shares: ShareTable; documents: string[]; folders: string[] } {
  const { n } = graph;
  const shares = new ShareTable();
  const ownersOfDocument = turned(graph.documentsOfOwner, n);
  const ownersOfFolder = turned(graph.foldersOfOwner, n);
  const documents = ownersOfDocument.map((owners, document) => {
    const record = ["Document", `${document}`] as const;
    for (const viewer of graph.viewersOfDocument[document] as number[])
      shares.add(record, ["user", user(viewer)], ["read"]);
    for (const each of graph.groupsViewingDocument[document] as number[])
      shares.add(record, ["team", group(each)], ["read"]);
    // What is given of a folder is inherited by what lies in it, as the cascade of sharing writes it.
    for (const folder of reached(graph.foldersOfDocument[document] as number[], graph.foldersOfFolder)) {
      for (const owner of ownersOfFolder[folder] as number[])
        shares.add(record, ["user", user(owner)], ["read", "write", "share"], "inherited");
      for (const viewer of graph.viewersOfFolder[folder] as number[])
        shares.add(record, ["user", user(viewer)], ["read"], "inherited");
      for (const each of graph.groupsViewingFolder[folder] as number[])
        shares.add(record, ["team", group(each)], ["read"], "inherited");
    }
    return addOwners(shares, record, owners, ["read", "write", "share", "assign"]);
  });
  const folders = ownersOfFolder.map((owners, folder) =>
    addOwners(shares, ["Folder", `${folder}`], owners, ["append"]),
  );
  return { shares, documents, folders };
}

/** The document or folder, and the folders and views above it. */
function slice(graph: Graph, { user: asking, action, resource }: AppRequest): Entity[] {
  const entities: Entity[] = [
    {
      uid: uid("User", asking),
      attrs: {
        documentsAndFoldersWithViewAccess: reference(uid("View", `user ${asking}`)),
        ownedDocuments: graph.documentsOfOwner[asking]?.map((i) => reference(uid("Document", i))),
        ownedFolders: graph.foldersOfOwner[asking]?.map((i) => reference(uid("Folder", i))),
      },
      parents: [],
    },
  ];
  const isDocument = onDocuments.includes(action);
  const above = isDocument
    ? reached(graph.foldersOfDocument[resource] as number[], graph.foldersOfFolder)
    : reached(graph.foldersOfFolder[resource] as number[], graph.foldersOfFolder);
  const views = (users: readonly number[], groups: readonly number[]) => [
    ...users.map((i) => uid("View", `user ${i}`)),
    ...groups.map((i) => uid("View", `group ${i}`)),
  ];
  const viewing = new Set<number>();
  const addFolder = (folder: number): void => {
    const groups = graph.groupsViewingFolder[folder] as number[];
    for (const each of groups) viewing.add(each);
    const folders = (graph.foldersOfFolder[folder] as number[]).map((i) => uid("Folder", i));
    const parents = [...folders, ...views(graph.viewersOfFolder[folder] as number[], groups)];
    entities.push({ uid: uid("Folder", folder), attrs: {}, parents });
  };
  if (isDocument) {
    const groups = graph.groupsViewingDocument[resource] as number[];
    for (const each of groups) viewing.add(each);
    const folders = (graph.foldersOfDocument[resource] as number[]).map((i) => uid("Folder", i));
    entities.push({
      uid: uid("Document", resource),
      attrs: { isPublic: graph.isPublic[resource] },
      parents: [...folders, ...views(graph.viewersOfDocument[resource] as number[], groups)],
    });
  } else above.add(resource);
  for (const folder of above) addFolder(folder);
  for (const each of viewing) {
    const members = graph.groupsOfUser.flatMap((groups, i) => (groups.includes(each) ? [i] : []));
    entities.push({
      uid: uid("View", `group ${each}`),
      attrs: {},
      parents: members.map((i) => uid("View", `user ${i}`)),
    });
  }
  return entities;
}

function decide(graph: Graph, { user: asking, action, resource }: AppRequest): boolean {
  const owns = graph.documentsOfOwner[asking]?.includes(resource) === true;
  if (action === "createDocument") return graph.foldersOfOwner[asking]?.includes(resource) === true;
  if (action === "changeOwner" || owns) return owns;
  if (action === "read" && graph.isPublic[resource] === true) return true;
  const above = [...reached(graph.foldersOfDocument[resource] as number[], graph.foldersOfFolder)];
  if (above.some((folder) => graph.foldersOfOwner[asking]?.includes(folder))) return true;
  if (action !== "read") return false;
  const groups = graph.groupsOfUser[asking] as number[];
  const views = (users: number[] | undefined, viewing: number[] | undefined): boolean =>
    users?.includes(asking) === true || viewing?.some((each) => groups.includes(each)) === true;
  return (
    views(graph.viewersOfDocument[resource], graph.groupsViewingDocument[resource]) ||
    above.some((folder) => views(graph.viewersOfFolder[folder], graph.groupsViewingFolder[folder]))
  );
}

function make(n: number, seed: number, count: number): AppWorld {
  const random = new Random(seed);
  const graph = makeGraph(n, random);
  const { shares, documents, folders } = sharesOf(graph);
  const members = turned(graph.groupsOfUser, n);
  const ids = documents.map((_, i) => `${i}`);
  return {
    requests: Array.from({ length: count }, () => ({
      user: random.below(n),
      action: random.pick(actions),
      resource: random.below(n),
    })),
    sources,
    directory: {
      businessUnits: [{ id: "Drive" }],
      users: [...Array.from({ length: n }, (_, i) => user(i)), NOBODY].map((id) => ({
        id,
        businessUnit: "Drive",
        roles: ["Drive user", "Everybody"],
      })),
      teams: members.map((of, i) => ({
        id: group(i),
        kind: "access" as const,
        businessUnit: "Drive",
        members: of.map(user),
      })),
    },
    records: [
      { entity: "Document", columns: { id: ids, owner: documents, isPublic: graph.isPublic.map(String) } },
      { entity: "Folder", columns: { id: ids, owner: folders } },
    ],
    shares: shares.columns(),
    question: ({ user: asking, action, resource }) => ({
      principal: user(asking),
      action: privileges[action] as string,
      resource: { entity: onDocuments.includes(action) ? "Document" : "Folder", id: `${resource}` },
    }),
    policies,
    call: (request) =>
      callOf(
        uid("User", request.user),
        request.action,
        uid(onDocuments.includes(request.action) ? "Document" : "Folder", request.resource),
        slice(graph, request),
      ),
    decide: (request) => decide(graph, request),
  };
}

export const gdrive: App = {
  name: "gdrive",
  make,
  mapping:
    "groups are access teams; the first owner is the owner, others are sharees; views are shares; what folders give is inherited by sharing; public documents are a condition",
};

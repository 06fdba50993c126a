// The tables of the demonstration: names and ownership as a sales and service organization knows them.

export interface Table {
  readonly name: string;
  readonly ownership: "user or team" | "organization" | "business unit" | `parent ${string}`;
  /** Shares the privilege set of all activities. */
  readonly activity?: true;
  /** The table that the parent lookup leads to. */
  readonly parent?: string;
  /** Share of the generated records, as a weight. */
  readonly weight?: number;
}

const owned: [string, number][] = [
  ["Account", 120],
  ["Contact", 200],
  ["Lead", 80],
  ["Opportunity", 90],
  ["Quote", 30],
  ["SalesOrder", 40],
  ["Invoice", 40],
  ["Incident", 110],
  ["Annotation", 60],
  ["Campaign", 4],
  ["CampaignResponse", 10],
  ["MarketingList", 5],
  ["Contract", 12],
  ["Entitlement", 6],
  ["Goal", 3],
  ["KnowledgeArticle", 8],
  ["Queue", 2],
  ["QueueItem", 20],
  ["Report", 2],
  ["SharePointDocumentLocation", 10],
  ["Connection", 15],
  ["CustomerAddress", 25],
  ["BookableResource", 4],
  ["BookableResourceBooking", 20],
  ["WorkOrder", 25],
  ["Agreement", 6],
  ["CustomerAsset", 15],
  ["InventoryJournal", 5],
  ["Project", 6],
  ["ProjectTask", 18],
  ["TimeEntry", 25],
  ["Expense", 14],
  ["Visit", 16],
  ["Survey", 2],
  ["SurveyResponse", 12],
  ["Subscription", 10],
  ["LoyaltyCard", 12],
  ["Complaint", 9],
  ["Grant", 4],
  ["Donation", 14],
  ["UserQuery", 4],
  ["UserForm", 1],
  ["Workflow", 3],
  ["MailMergeTemplate", 1],
  ["ImportFile", 2],
  ["DuplicateRule", 1],
  ["ConnectionReference", 2],
  ["FlowSession", 15],
  ["DesktopFlowBinary", 4],
  ["AutomationProject", 3],
];

const organizationOwned = [
  "Product",
  "PriceLevel",
  "ProductPriceLevel",
  "UoM",
  "UoMSchedule",
  "DiscountType",
  "Competitor",
  "Subject",
  "SalesLiterature",
  "TransactionCurrency",
  "Territory",
  "Country",
  "City",
  "PostalCode",
  "Region",
  "ActivityPost",
  "ConnectionRole",
  "Site",
  "SLA",
  "Calendar",
  "BusinessProcessFlow",
  "ProcessStage",
  "WebResource",
  "AppModule",
  "Dashboard",
  "SystemForm",
  "SavedQuery",
  "PluginAssembly",
  "SdkMessage",
  "CustomControl",
];

const unitOwned = ["Facility", "Equipment", "Warehouse", "ServiceArea"];
const activities = [
  "Email",
  "PhoneCall",
  "Appointment",
  "Task",
  "Letter",
  "Fax",
  "SocialActivity",
  "ChatSession",
];

export const tables: readonly Table[] = [
  ...owned.map(([name, weight]): Table => ({ name, ownership: "user or team", weight })),
  ...activities.map((name): Table => ({ name, ownership: "user or team", activity: true, weight: 25 })),
  ...organizationOwned.map((name): Table => ({ name, ownership: "organization", weight: 2 })),
  ...unitOwned.map((name): Table => ({ name, ownership: "business unit", weight: 3 })),
  { name: "QuoteDetail", ownership: "parent quote", parent: "Quote", weight: 30 },
  { name: "SalesOrderDetail", ownership: "parent salesOrder", parent: "SalesOrder", weight: 40 },
  { name: "InvoiceDetail", ownership: "parent invoice", parent: "Invoice", weight: 40 },
];

export const tasks: readonly string[] = [
  "BulkDelete",
  "BulkEdit",
  "ExportToExcel",
  "GoOffline",
  "MailMerge",
  "PrintReports",
  "PublishCustomization",
  "AssignManager",
  "OverridePricing",
  "ActOnBehalfOfAnotherUser",
];

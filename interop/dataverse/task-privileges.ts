// Privileges that concern no table (Microsoft calls them miscellaneous or task-based). A name that begins with no table
// verb is one anyway; what this list is needed for are those that look like a table's.
const shapedLikeTables = `
AssignManager AssignPosition AssignRole AssignTerritory
CreateHolidayScheduleCalendar CreateOrgEmailTemplates CreateOwnCalendar
DeleteAuditPartitions DeleteHolidayScheduleCalendar DeleteOwnCalendar DeleteRecordChangeHistory
ReadAuditPartitions ReadAuditSummary ReadLicense ReadOwnCalendar ReadRecordAuditHistory
ShareInternalAddresses
WriteHierarchicalSecurityConfiguration WriteHolidayScheduleCalendar WriteOwnCalendar
`;

const others = `
ActOnBehalfOfAnotherUser ActOnBehalfOfExternalParty ActivateBusinessProcessFlow ActivateBusinessRule
ActivateSynchronousWorkflow AddressBook AllowQuickCampaign AllowTDSAccess ApproveRejectEmailAddress BrowseAvailability
BulkDelete BulkEdit BypassCustomBusinessLogic BypassCustomPlugins ConfigureInternetMarketing ConfigureSharePoint
ConfigureYammer ControlDecrementTerm DisableBusinessUnit DisableUser DocumentGeneration
EmbeddedPBIDatasetAnalyzeInExcel ExportCustomization ExportToExcel Flow GoMobile GoOffline ISVExtensions
ImportCustomization LanguageSettings LearningPath MailMerge Merge OneDrive OverrideCreatedOnCreatedBy
OverridePriceEngineInvoice OverridePriceEngineOpportunity OverridePriceEngineOrder OverridePriceEngineQuote Print
PromoteToAdmin PublishArticle PublishCustomization PublishDuplicateRule PublishOrgMailMergeTemplate PublishOrgReport
QOIOverrideDelete ReparentBusinessUnit ReparentTeam ReparentUser RetrieveMultipleSocialInsights RollupGoal
SearchAvailability SendAppNotification SendAsUser SendInviteForLive SyncToOutlook TurnDevErrorsOnOff
UseInternetMarketing UseOfficeApps UseTabletApp WebMailMerge WorkflowExecution
`;

/** Task privileges by their lower-case name, as Dataverse spells them, without `prv`. */
export const taskPrivileges: ReadonlyMap<string, string> = new Map(
  `${shapedLikeTables} ${others}`
    .split(/\s+/)
    .filter((name) => name !== "")
    .map((name) => [name.toLowerCase(), name]),
);

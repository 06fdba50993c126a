// The tables that every Dataverse organization or a first-party application brings along, by schema name and ownership.
// Solutions grant privileges on them without containing them. Where this list and the rows of a role contradict each
// other (a level below organization on a table listed as the organization's), the rows win: see ownership.ts.

export type StockOwnership = "userOrTeam" | "organization" | "businessUnit" | "none";

const userOrTeam = `
Account AccountLeads ActionCard ActionCardUserSettings ActionCardUserState ActivityFileAttachment
AIPlugin AIPluginAuth AIPluginConversationStarter AIPluginConversationStarterMapping AIPluginInstance AIPluginOperation
AIPluginOperationParameter AIPluginOperationResponseTemplate AIPluginUserSetting
Annotation AppNotification Approval approvalprocess approvalstageapproval approvalstagecondition
approvalstageintelligent approvalstageorder AsyncOperation
BookableResource BookableResourceBooking BookableResourceBookingExchangeSyncIdMapping BookableResourceBookingHeader
BookableResourceCategory BookableResourceCategoryAssn BookableResourceCharacteristic BookableResourceGroup
BookingStatus bot botcomponent botcomponentcollection BulkDeleteOperation businessprocess
BusinessProcessLinkedArtifact CallbackRegistration Campaign CanvasApp card CardStateItem ChannelAccessProfile
ChannelAccessProfileRule Characteristic ChatMessage ColumnMapping Comment Connection ConnectionInstance ConnectionReference
Connector Contact ContactLeads Contract ConversationTranscript ConvertRule CustomControlDefaultConfig
CustomerOpportunityRole CustomerRelationship datalakefolder desktopflowbinary desktopflowmodule DuplicateRecord
DuplicateRule DynamicPropertyAssociation EmailSignature Entitlement EnvironmentVariableDefinition
EnvironmentVariableValue ExchangeSyncIdMapping ExportSolutionUpload ExternalPartyItem
FederatedKnowledgeConfiguration FederatedKnowledgeEntityConfiguration Feedback flowaggregation flowcapacityassignment
flowcredentialapplication flowevent flowlog flowmachine flowmachinegroup flowmachineimage flowmachineimageversion
flowmachinenetwork flowrun flowsession Goal GoalRollupQuery
Import ImportData ImportFile ImportLog ImportMap Incident Invoice
keyvaultreference KnowledgeArticle KnowledgeArticleIncident KnowledgeArticleViews KnowledgeSearchInsight
Lead LeadAddress List Mailbox MailboxTrackingFolder MailMergeTemplate managedidentity
msdyn_AIBDataset msdyn_AIBDatasetFile msdyn_AIBDatasetRecord msdyn_AIBDatasetsContainer msdyn_AIBFeedbackLoop
msdyn_AIBFile msdyn_AIBFileAttachedData msdyn_AIConfiguration msdyn_AIEvaluationConfiguration msdyn_AIEvaluationRun
msdyn_AIEvent msdyn_AIFpTrainingDocument msdyn_AIModel msdyn_aimodelcatalog msdyn_AIOdImage msdyn_AIOdLabel
msdyn_AIOdTrainingBoundingBox msdyn_AIOdTrainingImage msdyn_AITestCase msdyn_AITestRun msdyn_AITestRunBatch
msdyn_analysiscomponent msdyn_analysisjob msdyn_analysisresult msdyn_dataflow msdyn_DataflowConnectionReference
msdyn_dataflowrefreshhistory msdyn_entityrefreshhistory msdyn_flow_approval msdyn_flow_approvalrequest
msdyn_flow_approvalresponse msdyn_flow_approvalstep msdyn_flow_actionapprovalmodel
msdyn_flow_awaitallactionapprovalmodel msdyn_flow_awaitallapprovalmodel msdyn_flow_basicapprovalmodel
msdyn_flow_flowapproval msdyn_kalanguagesetting msdyn_kbattachment msdyn_knowledgearticletemplate msdyn_mobileapp
msdyn_Plan msdyn_PlanArtifact msdyn_PlanAttachment msdyn_schedule
Opportunity PersonalDocumentTemplate PostFollow PrincipalObjectAttributeAccess PrivilegeCheckerRun ProcessSession
ProfileRule Queue Quote RecentlyUsed Report RoutingRule SalesOrder savingrule SharePointDocument
SharePointDocumentLocation SharePointSite SLA SLAKPIInstance SocialProfile StageSolutionUpload Subscription SyncError
tag taggedflowsession taggedprocess Template UserApplicationMetadata UserEntityInstanceData UserEntityUISettings
UserForm UserQuery UserQueryVisualization workflowbinary Workflow WorkflowMetadata workqueue workqueueitem
`;

const organization = `
ACIViewMapper AdvancedSimilarityRule AICopilot AIPluginTitle AnalyticalDataflowsData appaction appactionmigration
appactionrule AppConfig AppConfigInstance AppConfigMaster AppElement ApplicationFile AppModule AppModuleComponent
AppSetting Attribute AttributeMap Audit AuthorizationServer AzureServiceConnection BulkDeleteFailure
BusinessUnitNewsArticle CanvasAppExtendedMetadata Catalog CatalogAssignment Category ChannelProperty
ChannelPropertyGroup ComplexControl Competitor ConnectionRole ContractTemplate ConvertRuleItem CustomAPI
CustomAPIRequestParameter CustomAPIResponseProperty CustomControl CustomControlResource Customization datalakeworkspace
datalakeworkspacepermission DelegatedAuthorization DelveActionHub DependencyFeature DeploymentEnvironment
DiscountType Discount DisplayString DocumentIndex DocumentTemplate DVFileSearch DVFileSearchAttribute
DVFileSearchEntity DVTableSearch DVTableSearchAttribute DVTableSearchEntity DynamicProperty
DynamicPropertyOptionSetItem EmailServerProfile EntitlementChannel EntitlementTemplate EntitlementTemplateChannel
Entity EntityAnalyticsConfig EntityDataProvider EntityDataSource EntityImageConfig EntityKey EntityMap
EntityRelationship ExpanderEvent ExpiredProcess ExternalParty fabricaiskill FieldPermission FieldSecurityProfile
FileAttachment FixedMonthlyFiscalCalendar fxexpression HierarchyRule HierarchySecurityConfiguration ImportJob
InteractionForEmail InternalCatalogAssignment KbArticle KbArticleComment KbArticleTemplate KnowledgeBaseRecord
LanguageLocale LookUpMapping MaskingRule Metric MobileOfflineProfile MobileOfflineProfileItem
MonthlyFiscalCalendar msdyn_AITemplate msdyn_componentlayer msdyn_componentlayerdatasource msdyn_PostConfig
msdyn_PostRuleConfig msdyn_solutioncomponentcountdatasource msdyn_solutioncomponentcountsummary
msdyn_solutioncomponentdatasource msdyn_solutioncomponentsummary msdyn_solutionhistory msdyn_solutionhistorydatasource
msdyn_tour msdyn_WallSavedQuery msdyn_workflowactionstatus NavigationSetting NewProcess OfficeDocument
OfficeGraphDocument OptionSet Organization OrganizationSetting OrganizationUI OrgInsightsMetric Package PartnerApplication
PluginAssembly PluginPackage plugin PluginTraceLog PluginType Position Post PostComment PostLike PostRegarding PostRole
PriceLevel ProcessStage ProcessTrigger Product ProductAssociation ProductPriceLevel ProductSalesLiterature
ProductSubstitute ProvisionLanguageForUser Publisher QuarterlyFiscalCalendar QueueItem RatingModel RatingValue
RecommendedDocument RecordFilter Relationship RelationshipRole RelationshipRoleMap RetentionConfig RibbonCommand
RibbonCustomization RibbonRule RoleEditorLayout RoutingRuleItem SalesLiterature SalesLiteratureItem SavedOrgInsightsConfiguration
SavedQuery SavedQueryVisualization SdkMessage SdkMessageFilter SdkMessageProcessingStep SdkMessageProcessingStepImage
SdkMessageProcessingStepSecureConfig SearchTelemetry SemiAnnualFiscalCalendar Service ServiceEndpoint ServicePlan
SettingDefinition SharePointData sideloadedaiplugin SimilarityRule Site SiteMap Solution SolutionComponent
SolutionComponentAttributeConfiguration SolutionComponentBatchConfiguration SolutionComponentConfiguration
SolutionComponentDefinition SolutionComponentRelationshipConfiguration SourceControlBranchConfiguration SourceControlComponent
SourceControlComponentPayload SourceControlConfiguration StagedSourceControlComponent Subject SuggestionCardTemplate
SystemApplicationMetadata SystemForm TeamTemplate Territory TextAnalyticsEntityMapping Theme TimeZoneDefinition
TimeZoneLocalizedName TimeZoneRule TopicHistory TopicModel TopicModelConfiguration TraceLog TransactionCurrency
TransformationMapping TransformationParameterMapping TranslationProcess UoM UoMSchedule VirtualEntityMetadata
WebResource WebWizard WizardAccessPrivilege WizardPage
`;

const businessUnit = `
ApplicationUser BusinessUnit Calendar CalendarRule ConstraintBasedGroup Equipment ResourceGroup ResourceSpec Role
SalesProcessInstance SystemUser Team UserSettings
`;

/** They have no owner and no privileges: who may see them follows from other records. */
const none = `
ContractDetail CustomerAddress InvoiceDetail OpportunityProduct PrincipalObjectAccess QuoteDetail SalesOrderDetail
`;

/** Activity tables: their privileges are those of `Activity`. */
const activities = `
ActivityPointer Appointment CampaignActivity CampaignResponse Chat Email Fax IncidentResolution Letter msfp_alert
msfp_surveyinvite msfp_surveyresponse msdyn_bookingalert msdyn_ocliveworkitem msdyn_ocsession OpportunityClose OrderClose
PhoneCall QuoteClose RecurringAppointmentMaster ServiceAppointment SocialActivity Task UntrackedEmail
`;

/** The activity tables that every organization has, declared wherever `Activity` is granted. */
export const basicActivities: readonly string[] =
  "ActivityPointer Appointment Email Fax Letter PhoneCall RecurringAppointmentMaster SocialActivity Task".split(
    " ",
  );

export interface StockTable {
  readonly schemaName: string;
  readonly ownership: StockOwnership;
  readonly activity: boolean;
}

function entries(names: string, ownership: StockOwnership, activity = false): [string, StockTable][] {
  return names
    .trim()
    .split(/\s+/)
    .map((schemaName) => [schemaName.toLowerCase(), { schemaName, ownership, activity }]);
}

/** Stock tables by logical name (the schema name in lower case). */
export const stockTables: ReadonlyMap<string, StockTable> = new Map([
  ...entries(userOrTeam, "userOrTeam"),
  ...entries(organization, "organization"),
  ...entries(businessUnit, "businessUnit"),
  ...entries(none, "none"),
  ...entries(activities, "userOrTeam", true),
]);

/** Names that privileges use for a table instead of its schema name, in lower case, and the logical name meant. */
export const privilegeAliases: ReadonlyMap<string, string> = new Map([
  ["note", "annotation"],
  ["user", "systemuser"],
  ["order", "salesorder"],
  ["article", "kbarticle"],
  ["articletemplate", "kbarticletemplate"],
  ["emailtemplate", "template"],
  ["query", "savedquery"],
  ["savedqueryvisualizations", "savedqueryvisualization"],
  ["userqueryvisualizations", "userqueryvisualization"],
  ["workflowsession", "processsession"],
  ["newsarticle", "businessunitnewsarticle"],
]);

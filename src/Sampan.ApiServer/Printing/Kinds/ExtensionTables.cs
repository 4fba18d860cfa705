using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.ApiRegistration.V1;
using Sampan.Api.ApiServerInternal.V1Alpha1;
using Sampan.Api.FlowControl.V1;
using Sampan.Api.Selectors;
using Sampan.Api.StorageMigration.V1Beta1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Kinds that shape the API server itself.</summary>
internal static class ExtensionTables
{
    public static TableColumns MutatingWebhooks { get; } = new TableColumns<MutatingWebhookConfiguration>
    {
        Name<MutatingWebhookConfiguration>(),
        Number<MutatingWebhookConfiguration>("Webhooks", "How many webhooks it has.", w => w.Webhooks.OrEmpty().Count),
        Age<MutatingWebhookConfiguration>(),
    };

    public static TableColumns ValidatingWebhooks { get; } = new TableColumns<ValidatingWebhookConfiguration>
    {
        Name<ValidatingWebhookConfiguration>(),
        Number<ValidatingWebhookConfiguration>("Webhooks", "How many webhooks it has.", w => w.Webhooks.OrEmpty().Count),
        Age<ValidatingWebhookConfiguration>(),
    };

    public static TableColumns ValidatingPolicies { get; } = new TableColumns<ValidatingAdmissionPolicy>
    {
        Name<ValidatingAdmissionPolicy>(),
        Number<ValidatingAdmissionPolicy>("Validations", "How many rules it has.", p => (p.Spec?.Validations).OrEmpty().Count),
        Text<ValidatingAdmissionPolicy>("ParamKind", "The kind of its parameters.", p => ParamText(p.Spec?.ParamKind)),
        Age<ValidatingAdmissionPolicy>(),
    };

    public static TableColumns MutatingPolicies { get; } = new TableColumns<MutatingAdmissionPolicy>
    {
        Name<MutatingAdmissionPolicy>(),
        Number<MutatingAdmissionPolicy>("Mutations", "How many changes it makes.", p => (p.Spec?.Mutations).OrEmpty().Count),
        Text<MutatingAdmissionPolicy>("ParamKind", "The kind of its parameters.", p => ParamText(p.Spec?.ParamKind)),
        Age<MutatingAdmissionPolicy>(),
    };

    public static TableColumns ValidatingPolicyBindings { get; } =
        PolicyBindings<ValidatingAdmissionPolicyBinding>(b => b.Spec?.PolicyName, b => b.Spec?.ParamRef);

    public static TableColumns MutatingPolicyBindings { get; } =
        PolicyBindings<MutatingAdmissionPolicyBinding>(b => b.Spec?.PolicyName, b => b.Spec?.ParamRef);

    public static TableColumns APIServices { get; } = new TableColumns<APIService>
    {
        Name<APIService>(),
        Text<APIService>("Service", "Who serves it.", a => a.Spec.Service is { } s ? $"{s.Namespace}/{s.Name}" : "Local"),
        Text<APIService>("Available", "Whether it can be reached.", Available),
        Age<APIService>(),
    };

    public static TableColumns FlowSchemas { get; } = new TableColumns<FlowSchema>
    {
        Name<FlowSchema>(),
        Text<FlowSchema>("PriorityLevel", "Where its requests queue.", f => f.Spec.PriorityLevelConfiguration.Name),
        Make<FlowSchema>("MatchingPrecedence", "string", "Lower ones are tried first.", (f, _) => f.Spec.MatchingPrecedence),
        Text<FlowSchema>("DistinguisherMethod", "How flows are told apart.", f => f.Spec.DistinguisherMethod?.Type ?? CellText.None),
        Age<FlowSchema>(),
        Text<FlowSchema>("MissingPL", "Whether its priority level is missing.", f => f.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == "Dangling")?.Status ?? "?"),
    }.InOrder((a, b) => a.Spec.MatchingPrecedence != b.Spec.MatchingPrecedence
        ? a.Spec.MatchingPrecedence.CompareTo(b.Spec.MatchingPrecedence)
        : string.CompareOrdinal(a.Metadata.Name, b.Metadata.Name));

    public static TableColumns PriorityLevels { get; } = new TableColumns<PriorityLevelConfiguration>
    {
        Name<PriorityLevelConfiguration>(),
        Text<PriorityLevelConfiguration>("Type", "Exempt or Limited.", p => p.Spec.Type),
        Optional("NominalConcurrencyShares", "Its share of the server.", p => p.Spec.Limited?.NominalConcurrencyShares),
        Optional("Queues", "How many queues it has.", p => p.Spec.Limited?.LimitResponse.Queuing?.Queues),
        Optional("HandSize", "Queues among which a flow chooses.", p => p.Spec.Limited?.LimitResponse.Queuing?.HandSize),
        Optional("QueueLengthLimit", "Requests that a queue holds.", p => p.Spec.Limited?.LimitResponse.Queuing?.QueueLengthLimit),
        Age<PriorityLevelConfiguration>(),
    };

    public static TableColumns StorageVersions { get; } = new TableColumns<StorageVersion>
    {
        Name<StorageVersion>(),
        Text<StorageVersion>("CommonEncodingVersion", "The version in which all servers write.", s => s.Status.CommonEncodingVersion ?? CellText.Unset),
        Text<StorageVersion>("StorageVersions", "The version of each server.", s => CellText.Some(
            [.. s.Status.StorageVersions.OrEmpty().Select(v => $"{v.ApiServerID}={v.EncodingVersion}")])),
        Age<StorageVersion>(),
    };

    public static TableColumns StorageVersionMigrations { get; } = new TableColumns<StorageVersionMigration>
    {
        Text<StorageVersionMigration>("Name", "The object's name.", m => m.Metadata.Name),
        Text<StorageVersionMigration>("Resource", "What is rewritten.", m => $"{m.Spec.Resource.Resource}.{m.Spec.Resource.Group}"),
    };

    private static TableColumns<T> PolicyBindings<T>(Func<T, string?> policyOf, Func<T, ParamRef?> paramOf)
        where T : IObject => new()
        {
            Name<T>(),
            Text<T>("PolicyName", "The policy that it puts in force.", policyOf),
            Text<T>("ParamRef", "Where its parameters are.", b => ParamRefText(paramOf(b))),
            Age<T>(),
        };

    private static Column<PriorityLevelConfiguration> Optional(string name, string description, Func<PriorityLevelConfiguration, int?> numberOf) =>
        Make<PriorityLevelConfiguration>(name, "string", description, (p, _) => numberOf(p) is { } number ? number : CellText.None);

    private static string ParamText(ParamKind? kind) => kind is null ? CellText.Unset : $"{kind.ApiVersion}/{kind.Kind}";

    private static string ParamRefText(ParamRef? reference) => reference switch
    {
        null => CellText.Unset,
        { Name: { Length: > 0 } name, Namespace: { Length: > 0 } ns } => $"{ns}/{name}",
        { Name: { Length: > 0 } name } => $"*/{name}",
        { Selector: { } selector } => GoSelectorText.Of(selector),
        _ => CellText.Unset,
    };

    private static string Available(APIService service) => service.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == "Available") switch
    {
        null => "Unknown",
        { Status: not "True", Reason: { Length: > 0 } reason } condition => $"{condition.Status} ({reason})",
        { } condition => condition.Status,
    };
}

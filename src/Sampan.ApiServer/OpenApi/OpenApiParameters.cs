using Sampan.Api;

namespace Sampan.ApiServer.OpenApi;

/// <summary>The parameters that operations share.</summary>
internal static class OpenApiParameters
{
    private static readonly OpenApiParameter DryRun = Query("dryRun", "string", "All does everything but keep the change.");
    private static readonly OpenApiParameter FieldManager =
        Query("fieldManager", "string", "The name under which the changed fields are recorded.");
    private static readonly OpenApiParameter FieldValidation =
        Query("fieldValidation", "string", "What happens to unknown and duplicate fields: Ignore, Warn or Strict.");
    private static readonly OpenApiParameter Force =
        Query("force", "boolean", "Whether apply takes over fields that other managers own.");

    private static readonly OpenApiParameter[] Selection =
    [
        Query("continue", "string", "The token of an earlier answer, to go on from there."),
        Query("fieldSelector", "string", "Limits the objects by their fields, such as metadata.name=web."),
        Query("labelSelector", "string", "Limits the objects by their labels, such as app=web."),
        Query("limit", "integer", "The most objects to answer at once."),
        Query("resourceVersion", "string", "The version that the answer must have reached."),
        Query("resourceVersionMatch", "string", "How resourceVersion counts for a list: Exact or NotOlderThan."),
        Query("sendInitialEvents", "boolean", "Whether a watch begins with an event for each object that exists."),
        Query("shardSelector", "string", "Limits the objects to a share of them."),
        Query("timeoutSeconds", "integer", "How long the request may take."),
    ];

    private static readonly OpenApiParameter[] Watching =
    [
        Query("allowWatchBookmarks", "boolean", "Whether a watch may send bookmarks, which tell the version reached."),
        Query("watch", "boolean", "Whether to answer with changes as they come instead of a list."),
    ];

    private static readonly OpenApiParameter[] Deletion =
    [
        DryRun,
        Query("gracePeriodSeconds", "integer", "How long the object may take to end; zero ends it at once."),
        Query(
            "ignoreStoreReadErrorWithClusterBreakingPotential", "boolean",
            "Whether to remove an object that cannot be read, without its finalizers."),
        Query("orphanDependents", "boolean", "Whether dependents stay; propagationPolicy says it better."),
        Query("propagationPolicy", "string", "What happens to dependents: Orphan, Background or Foreground."),
    ];

    public static OpenApiParameter Pretty { get; } = Query("pretty", "string", "If true, the answer is indented.");

    public static OpenApiParameter Name { get; } = new("name", "path", "string", "The name of the object.");

    public static OpenApiParameter Namespace { get; } = new("namespace", "path", "string", "The namespace of the object.");

    public static OpenApiParameter Path { get; } = new("path", "path", "string", "The path behind the proxy.");

    public static IReadOnlyList<OpenApiParameter> Create { get; } = [DryRun, FieldManager, FieldValidation];

    public static IReadOnlyList<OpenApiParameter> Patch { get; } = [DryRun, FieldManager, FieldValidation, Force];

    public static IReadOnlyList<OpenApiParameter> Delete { get; } = Deletion;

    public static IReadOnlyList<OpenApiParameter> DeleteCollection { get; } = [.. Selection, .. Deletion];

    public static IReadOnlyList<OpenApiParameter> List { get; } = [.. Selection, .. Watching];

    /// <summary>The fields of an options type, as query parameters.</summary>
    public static IEnumerable<OpenApiParameter> Of(TypeSchema options) => options.Fields
        .Where(f => f.Type is not (FieldType.Object or FieldType.Time))
        .Select(f => Query(f.Name, TypeOf(f), f.Description ?? ""));

    private static string TypeOf(FieldSchema field) => field.Type switch
    {
        FieldType.Boolean => "boolean",
        FieldType.Int32 or FieldType.Int64 => "integer",
        _ => "string",
    };

    private static OpenApiParameter Query(string name, string type, string description) => new(name, "query", type, description);
}

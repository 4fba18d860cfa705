using Sampan.Api.Meta.V1;

namespace Sampan.Client;

/// <summary>Turns option objects into query parameters, leaving out what is not set.</summary>
internal static class QueryBuilder
{
    public static List<KeyValuePair<string, string>> From(ListOptions? options)
    {
        var query = new List<KeyValuePair<string, string>>();
        if (options is null) return query;
        Add(query, "labelSelector", options.LabelSelector);
        Add(query, "fieldSelector", options.FieldSelector);
        Add(query, "resourceVersion", options.ResourceVersion);
        Add(query, "resourceVersionMatch", options.ResourceVersionMatch);
        Add(query, "continue", options.Continue);
        if (options.Limit is > 0) query.Add(new("limit", $"{options.Limit}"));
        if (options.TimeoutSeconds is { } timeout) query.Add(new("timeoutSeconds", $"{timeout}"));
        if (options.AllowWatchBookmarks is true) query.Add(new("allowWatchBookmarks", "true"));
        if (options.SendInitialEvents is { } initial) query.Add(new("sendInitialEvents", initial ? "true" : "false"));
        return query;
    }

    public static List<KeyValuePair<string, string>> From(WriteOptions? options)
    {
        var query = new List<KeyValuePair<string, string>>();
        if (options is null) return query;
        if (options.DryRun) query.Add(new("dryRun", "All"));
        Add(query, "fieldManager", options.FieldManager);
        Add(query, "fieldValidation", options.FieldValidation);
        return query;
    }

    public static List<KeyValuePair<string, string>> From(Patch patch, WriteOptions? options)
    {
        var query = From(options);
        if (options?.FieldManager is null) Add(query, "fieldManager", patch.FieldManager);
        if (patch.Force) query.Add(new("force", "true"));
        return query;
    }

    private static void Add(List<KeyValuePair<string, string>> query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) query.Add(new(name, value));
    }
}

using Sampan.Api;

namespace Sampan.ApiServer.OpenApi;

/// <summary>What one method does at a path.</summary>
internal sealed record OpenApiOperation
{
    /// <summary>Lower case, as documents name methods.</summary>
    public required string Method { get; init; }

    public required string Id { get; init; }

    public required string Description { get; init; }

    public required string Tag { get; init; }

    /// <summary>get, list, watch, post, put, patch, delete, deletecollection or connect; null for discovery.</summary>
    public string? Action { get; init; }

    public GroupVersionKind? Kind { get; init; }

    /// <summary>The schema of the request's body.</summary>
    public string? Body { get; init; }

    public bool IsBodyRequired { get; init; } = true;

    /// <summary>Null when the answer is text.</summary>
    public string? Answer { get; init; }

    /// <summary>The codes of success; all answer with the same schema.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [200];

    public IReadOnlyList<OpenApiParameter> Parameters { get; init; } = [];

    public IReadOnlyList<string> Consumes { get; init; } = ["*/*"];

    public IReadOnlyList<string> Produces { get; init; } = MediaTypes;

    public static IReadOnlyList<string> MediaTypes { get; } =
        ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    public static IReadOnlyList<string> StreamTypes { get; } =
        [.. MediaTypes, "application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"];
}

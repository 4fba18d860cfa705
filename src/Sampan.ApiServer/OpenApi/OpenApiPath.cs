namespace Sampan.ApiServer.OpenApi;

/// <summary>A path with its operations and the parameters that all of them have.</summary>
internal sealed record OpenApiPath(string Path, IReadOnlyList<OpenApiParameter> Parameters, IReadOnlyList<OpenApiOperation> Operations);

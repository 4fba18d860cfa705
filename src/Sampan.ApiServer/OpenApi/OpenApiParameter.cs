namespace Sampan.ApiServer.OpenApi;

/// <summary>One parameter of an operation.</summary>
internal sealed record OpenApiParameter(string Name, string In, string Type, string Description)
{
    public bool IsRequired => In == "path";
}

using Sampan.Api;

namespace Sampan.ApiServer.OpenApi;

/// <summary>Names of schemas that are not classes of the model, and the references to all.</summary>
internal static class SchemaNames
{
    public const string Status = Meta + "Status";
    public const string DeleteOptions = Meta + "DeleteOptions";
    public const string WatchEvent = Meta + "WatchEvent";
    public const string ListMeta = Meta + "ListMeta";
    public const string Patch = Meta + "Patch";
    public const string ApiResourceList = Meta + "APIResourceList";
    public const string ApiGroup = Meta + "APIGroup";
    public const string ApiGroupList = Meta + "APIGroupList";
    public const string ApiVersions = Meta + "APIVersions";
    public const string Version = "io.k8s.apimachinery.pkg.version.Info";

    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    public static string Reference(OpenApiFlavor flavor, string name) =>
        flavor == OpenApiFlavor.V2 ? $"#/definitions/{name}" : $"#/components/schemas/{name}";

    /// <summary>The schema of a primitive that documents name; null for those written in place.</summary>
    public static string? Of(FieldType type) => type switch
    {
        FieldType.Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        FieldType.IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        FieldType.Time => Meta + "Time",
        FieldType.MicroTime => Meta + "MicroTime",
        FieldType.RawExtension => "io.k8s.apimachinery.pkg.runtime.RawExtension",
        FieldType.FieldsV1 => Meta + "FieldsV1",
        FieldType.Json => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
        _ => null,
    };
}

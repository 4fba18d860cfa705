namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for with a server-side apply.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ApplyOptions")]
public sealed partial class ApplyOptions : IApiType<ApplyOptions>
{
    /// <summary>All goes through every step of the request without storing anything.</summary>
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    /// <summary>Takes over fields that other managers own, instead of failing with a conflict.</summary>
    [Field("force", 2, Required = true)]
    public bool Force { get; set; }

    /// <summary>Who applies; its fields are remembered under this name. Required.</summary>
    [Field("fieldManager", 3, Required = true)]
    public string FieldManager { get; set; } = "";
}

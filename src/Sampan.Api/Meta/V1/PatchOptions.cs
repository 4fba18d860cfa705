namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for with a patch.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions")]
[Kind("", "v1")]
public sealed partial class PatchOptions : ITyped<PatchOptions>
{
    /// <summary>All goes through every step of the request without storing anything.</summary>
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    /// <summary>Takes over fields that other managers own; only for apply patches.</summary>
    [Field("force", 2)]
    public bool? Force { get; set; }

    /// <summary>Who writes, for managedFields; required for apply patches, else the user agent's first part when absent.</summary>
    [Field("fieldManager", 3)]
    public string? FieldManager { get; set; }

    /// <summary>Unknown or repeated fields: Strict refuses them, Warn (the default) warns of them, Ignore drops them.</summary>
    [Field("fieldValidation", 4)]
    public string? FieldValidation { get; set; }
}

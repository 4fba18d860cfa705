namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for with an update.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions")]
[Kind("", "v1")]
public sealed partial class UpdateOptions : ITyped<UpdateOptions>
{
    /// <summary>All goes through every step of the request without storing anything.</summary>
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    /// <summary>Who writes, for managedFields; up to 128 printable characters. The user agent's first part when absent.</summary>
    [Field("fieldManager", 2)]
    public string? FieldManager { get; set; }

    /// <summary>Unknown or repeated fields: Strict refuses them, Warn (the default) warns of them, Ignore drops them.</summary>
    [Field("fieldValidation", 3)]
    public string? FieldValidation { get; set; }
}

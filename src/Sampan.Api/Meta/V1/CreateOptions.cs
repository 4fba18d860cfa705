namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for with a create.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions")]
[Kind("", "v1")]
public sealed partial class CreateOptions : ITyped<CreateOptions>
{
    /// <summary>All goes through every step of the request without storing anything.</summary>
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    /// <summary>Who writes, for managedFields; up to 128 printable characters. The user agent's first part when absent.</summary>
    [Field("fieldManager", 3)]
    public string? FieldManager { get; set; }

    /// <summary>Unknown or repeated fields: Strict refuses them, Warn (the default) warns of them, Ignore drops them.</summary>
    [Field("fieldValidation", 4)]
    public string? FieldValidation { get; set; }
}

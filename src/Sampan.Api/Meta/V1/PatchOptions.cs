namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PatchOptions")]
[Kind("", "v1")]
public sealed partial class PatchOptions : ITyped<PatchOptions>
{
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    [Field("force", 2)]
    public bool? Force { get; set; }

    [Field("fieldManager", 3)]
    public string? FieldManager { get; set; }

    [Field("fieldValidation", 4)]
    public string? FieldValidation { get; set; }
}

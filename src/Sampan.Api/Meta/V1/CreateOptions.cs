namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.CreateOptions")]
[Kind("", "v1")]
public sealed partial class CreateOptions : ITyped<CreateOptions>
{
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    [Field("fieldManager", 3)]
    public string? FieldManager { get; set; }

    [Field("fieldValidation", 4)]
    public string? FieldValidation { get; set; }
}

namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.UpdateOptions")]
[Kind("", "v1")]
public sealed partial class UpdateOptions : ITyped<UpdateOptions>
{
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    [Field("fieldManager", 2)]
    public string? FieldManager { get; set; }

    [Field("fieldValidation", 3)]
    public string? FieldValidation { get; set; }
}

namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ApplyOptions")]
public sealed partial class ApplyOptions : IApiType<ApplyOptions>
{
    [Field("dryRun", 1)]
    public List<string>? DryRun { get; set; }

    [Field("force", 2, Required = true)]
    public bool Force { get; set; }

    [Field("fieldManager", 3, Required = true)]
    public string FieldManager { get; set; } = "";
}

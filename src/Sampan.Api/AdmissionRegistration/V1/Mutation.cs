namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.Mutation")]
public sealed partial class Mutation : IApiType<Mutation>
{
    [Field("patchType", 2, Required = true)]
    public string PatchType { get; set; } = "";

    [Field("applyConfiguration", 3)]
    public ApplyConfiguration? ApplyConfiguration { get; set; }

    [Field("jsonPatch", 4)]
    public JSONPatch? JsonPatch { get; set; }
}

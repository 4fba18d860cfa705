using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ParamRef", MapType = "atomic")]
public sealed partial class ParamRef : IApiType<ParamRef>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("namespace", 2)]
    public string? Namespace { get; set; }

    [Field("selector", 3)]
    public LabelSelector? Selector { get; set; }

    [Field("parameterNotFoundAction", 4, Pointer = true)]
    public string? ParameterNotFoundAction { get; set; }
}

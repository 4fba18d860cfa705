namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>API version and kind of the objects that hold a policy's parameters.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ParamKind", MapType = "atomic")]
public sealed partial class ParamKind : IApiType<ParamKind>
{
    /// <summary>Group and version of the parameter objects, such as rules.example.com/v1.</summary>
    [Field("apiVersion", 1)]
    public string? ApiVersion { get; set; }

    /// <summary>Kind of the parameter objects, such as ConfigMap.</summary>
    [Field("kind", 2)]
    public string? Kind { get; set; }
}

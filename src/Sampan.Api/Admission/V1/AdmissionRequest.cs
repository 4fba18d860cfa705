using Sampan.Api.Authentication.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Admission.V1;

[ApiType("io.k8s.api.admission.v1.AdmissionRequest")]
public sealed partial class AdmissionRequest : IApiType<AdmissionRequest>
{
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    [Field("kind", 2, Required = true)]
    public KindReference Kind { get; set; } = new();

    [Field("resource", 3, Required = true)]
    public ResourceReference Resource { get; set; } = new();

    [Field("subResource", 4)]
    public string? SubResource { get; set; }

    [Field("requestKind", 13)]
    public KindReference? RequestKind { get; set; }

    [Field("requestResource", 14)]
    public ResourceReference? RequestResource { get; set; }

    [Field("requestSubResource", 15)]
    public string? RequestSubResource { get; set; }

    [Field("name", 5)]
    public string? Name { get; set; }

    [Field("namespace", 6)]
    public string? Namespace { get; set; }

    [Field("operation", 7, Required = true)]
    public string Operation { get; set; } = "";

    [Field("userInfo", 8, Required = true)]
    public UserInfo UserInfo { get; set; } = new();

    [Field("object", 9)]
    public RawExtension Object { get; set; }

    [Field("oldObject", 10)]
    public RawExtension OldObject { get; set; }

    [Field("dryRun", 11)]
    public bool? DryRun { get; set; }

    [Field("options", 12)]
    public RawExtension Options { get; set; }
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.Admission.V1;

[ApiType("io.k8s.api.admission.v1.AdmissionResponse")]
public sealed partial class AdmissionResponse : IApiType<AdmissionResponse>
{
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    [Field("allowed", 2, Required = true)]
    public bool Allowed { get; set; }

    [Field("status", 3)]
    public Status? Status { get; set; }

    [Field("patch", 4)]
    public byte[]? Patch { get; set; }

    [Field("patchType", 5, Pointer = true)]
    public string? PatchType { get; set; }

    [Field("auditAnnotations", 6)]
    public Dictionary<string, string>? AuditAnnotations { get; set; }

    [Field("warnings", 7)]
    public List<string>? Warnings { get; set; }
}

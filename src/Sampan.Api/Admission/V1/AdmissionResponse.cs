using Sampan.Api.Meta.V1;

namespace Sampan.Api.Admission.V1;

/// <summary>A webhook's verdict on a request, with an optional patch.</summary>
[ApiType("io.k8s.api.admission.v1.AdmissionResponse")]
public sealed partial class AdmissionResponse : IApiType<AdmissionResponse>
{
    /// <summary>Copied from the request that is answered; a mismatch makes the call fail.</summary>
    [Field("uid", 1, Required = true)]
    public string Uid { get; set; } = "";

    /// <summary>Whether the request may go on; false rejects it.</summary>
    [Field("allowed", 2, Required = true)]
    public bool Allowed { get; set; }

    /// <summary>Error returned to the client when the request is rejected; ignored when it is allowed.</summary>
    [Field("status", 3)]
    public Status? Status { get; set; }

    /// <summary>JSON Patch, base64-encoded in JSON, that the server applies to the object; only for mutating webhooks.</summary>
    [Field("patch", 4)]
    public byte[]? Patch { get; set; }

    /// <summary>How to read the patch; must be JSONPatch whenever there is one.</summary>
    [Field("patchType", 5, Pointer = true)]
    public string? PatchType { get; set; }

    /// <summary>Facts that the webhook adds to the audit event, by key; the webhook's name is put before each key.</summary>
    [Field("auditAnnotations", 6)]
    public Dictionary<string, string>? AuditAnnotations { get; set; }

    /// <summary>Texts shown to the client as Warning headers; keep each below 120 characters.</summary>
    [Field("warnings", 7)]
    public List<string>? Warnings { get; set; }
}

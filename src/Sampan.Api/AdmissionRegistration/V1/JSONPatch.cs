namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A mutation given as a list of JSON Patch operations.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.JSONPatch")]
public sealed partial class JSONPatch : IApiType<JSONPatch>
{
    /// <summary>
    /// CEL expression that yields a list of JSONPatch values (op, path, from, value); jsonpatch.escapeKey escapes keys in paths.
    /// </summary>
    [Field("expression", 1)]
    public string? Expression { get; set; }
}

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>One change that a policy makes; exactly one way of expressing it is filled in.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.Mutation")]
public sealed partial class Mutation : IApiType<Mutation>
{
    /// <summary>How the change is expressed: ApplyConfiguration or JSONPatch; the field of the same name must be set.</summary>
    [Field("patchType", 2, Required = true)]
    public string PatchType { get; set; } = "";

    /// <summary>Change merged in like a server-side apply; needed for patch type ApplyConfiguration.</summary>
    [Field("applyConfiguration", 3)]
    public ApplyConfiguration? ApplyConfiguration { get; set; }

    /// <summary>Change made by JSON Patch operations; needed for patch type JSONPatch.</summary>
    [Field("jsonPatch", 4)]
    public JSONPatch? JsonPatch { get; set; }
}

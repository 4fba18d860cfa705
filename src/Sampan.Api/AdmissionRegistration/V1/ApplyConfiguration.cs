namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A mutation that merges the fields of an expression's result the way server-side apply does.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ApplyConfiguration")]
public sealed partial class ApplyConfiguration : IApiType<ApplyConfiguration>
{
    /// <summary>CEL expression that yields an Object with only the fields to set; it cannot change atomic lists, maps or structs.</summary>
    [Field("expression", 1)]
    public string? Expression { get; set; }
}

namespace Sampan.Api.ApiServerInternal.V1Alpha1;

/// <summary>One aspect of a resource's storage versions.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionCondition")]
public sealed partial class StorageVersionCondition : IApiType<StorageVersionCondition>
{
    /// <summary>Aspect the entry is about, such as AllEncodingVersionsEqual.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>True or False, or Unknown when undecided.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>Generation of the object the condition was worked out from.</summary>
    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    /// <summary>When the status last took another value.</summary>
    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>CamelCase word for what led to the status.</summary>
    [Field("reason", 5, Required = true)]
    public string Reason { get; set; } = "";

    /// <summary>What led to the status, in words.</summary>
    [Field("message", 6, Required = true, OmitEmpty = true)]
    public string Message { get; set; } = "";
}

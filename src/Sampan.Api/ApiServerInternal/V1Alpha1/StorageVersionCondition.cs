namespace Sampan.Api.ApiServerInternal.V1Alpha1;

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionCondition")]
public sealed partial class StorageVersionCondition : IApiType<StorageVersionCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    [Field("observedGeneration", 3)]
    public long ObservedGeneration { get; set; }

    [Field("lastTransitionTime", 4)]
    public Time? LastTransitionTime { get; set; }

    [Field("reason", 5, Required = true)]
    public string Reason { get; set; } = "";

    [Field("message", 6, Required = true, OmitEmpty = true)]
    public string Message { get; set; } = "";
}

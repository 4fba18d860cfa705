namespace Sampan.Client.Pods;

/// <summary>Names that go with extended resources which devices serve.</summary>
public static class ExtendedResourceNames
{
    /// <summary>On a claim that the scheduler made for a pod's extended resources.</summary>
    public const string ClaimAnnotation = "resource.kubernetes.io/extended-resource-claim";

    /// <summary>With the name of a class of devices behind it: the resource that every class stands for.</summary>
    public const string DeviceClassPrefix = "deviceclass.resource.kubernetes.io/";
}

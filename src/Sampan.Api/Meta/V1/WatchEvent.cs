namespace Sampan.Api.Meta.V1;

/// <summary>One change of an object that is watched.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent")]
public sealed partial class WatchEvent : IApiType<WatchEvent>
{
    /// <summary>ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>The object after the change, its last state for DELETED, a Status for ERROR.</summary>
    [Field("object", 2, Required = true)]
    public RawExtension Object { get; set; }
}

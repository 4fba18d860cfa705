namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions")]
[Kind("", "v1")]
public sealed partial class ListOptions : ITyped<ListOptions>
{
    [Field("labelSelector", 1)]
    public string? LabelSelector { get; set; }

    [Field("fieldSelector", 2)]
    public string? FieldSelector { get; set; }

    [Field("watch", 3)]
    public bool Watch { get; set; }

    [Field("allowWatchBookmarks", 9)]
    public bool AllowWatchBookmarks { get; set; }

    [Field("resourceVersion", 4)]
    public string? ResourceVersion { get; set; }

    [Field("resourceVersionMatch", 10)]
    public string? ResourceVersionMatch { get; set; }

    [Field("timeoutSeconds", 5)]
    public long? TimeoutSeconds { get; set; }

    [Field("limit", 7)]
    public long Limit { get; set; }

    [Field("continue", 8)]
    public string? Continue { get; set; }

    [Field("sendInitialEvents", 11)]
    public bool? SendInitialEvents { get; set; }

    [Field("shardSelector", 15)]
    public string? ShardSelector { get; set; }
}

namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for when it lists or watches.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListOptions")]
[Kind("", "v1")]
public sealed partial class ListOptions : ITyped<ListOptions>
{
    /// <summary>Only objects with these labels; all when absent.</summary>
    [Field("labelSelector", 1)]
    public string? LabelSelector { get; set; }

    /// <summary>Only objects whose fields have these values; which fields can be selected depends on the kind.</summary>
    [Field("fieldSelector", 2)]
    public string? FieldSelector { get; set; }

    /// <summary>Sends changes as they happen, instead of a list.</summary>
    [Field("watch", 3)]
    public bool Watch { get; set; }

    /// <summary>Permits events of type BOOKMARK, which carry nothing but the resource version that was reached.</summary>
    [Field("allowWatchBookmarks", 9)]
    public bool AllowWatchBookmarks { get; set; }

    /// <summary>The state to list or to watch from; what it means for a list depends on resourceVersionMatch.</summary>
    [Field("resourceVersion", 4)]
    public string? ResourceVersion { get; set; }

    /// <summary>Exact lists exactly the given version, NotOlderThan that one or any later.</summary>
    [Field("resourceVersionMatch", 10)]
    public string? ResourceVersionMatch { get; set; }

    /// <summary>Seconds after which the request ends, whether or not anything happened.</summary>
    [Field("timeoutSeconds", 5)]
    public long? TimeoutSeconds { get; set; }

    /// <summary>How many objects an answer may hold; the rest is fetched with continue.</summary>
    [Field("limit", 7)]
    public long Limit { get; set; }

    /// <summary>The text that the part before gave; the other options must be the same as then.</summary>
    [Field("continue", 8)]
    public string? Continue { get; set; }

    /// <summary>
    /// Begins a watch with an ADDED event for each existing object and a bookmark after them; needs resourceVersionMatch NotOlderThan.
    /// </summary>
    [Field("sendInitialEvents", 11)]
    public bool? SendInitialEvents { get; set; }

    /// <summary>Only the objects of one shard, by ranges of a hash of a field.</summary>
    [Field("shardSelector", 15)]
    public string? ShardSelector { get; set; }
}

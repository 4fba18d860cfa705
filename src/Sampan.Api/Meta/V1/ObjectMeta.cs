namespace Sampan.Api.Meta.V1;

/// <summary>What every stored object has: names, labels, version and owners.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial class ObjectMeta : IApiType<ObjectMeta>
{
    /// <summary>The name, unique for the kind within its namespace; it never changes.</summary>
    [Field("name", 1)]
    public string Name { get; set; } = "";

    /// <summary>A prefix from which the server makes a unique name when none is given.</summary>
    [Field("generateName", 2)]
    public string? GenerateName { get; set; }

    /// <summary>The namespace; empty for kinds of the whole cluster.</summary>
    [Field("namespace", 3)]
    public string Namespace { get; set; } = "";

    /// <summary>Always empty: it is no longer filled in.</summary>
    [Field("selfLink", 4)]
    public string? SelfLink { get; set; }

    /// <summary>Set by the server: differs from that of any other object, past or future.</summary>
    [Field("uid", 5)]
    public string Uid { get; set; } = "";

    /// <summary>Set by the server on every change; send it back to change only what you have seen.</summary>
    [Field("resourceVersion", 6)]
    public string ResourceVersion { get; set; } = "";

    /// <summary>Counts the changes of the desired state.</summary>
    [Field("generation", 7)]
    public long Generation { get; set; }

    /// <summary>When the server stored the object first.</summary>
    [Field("creationTimestamp", 8, OmitZero = true)]
    public Time? CreationTimestamp { get; set; }

    /// <summary>When the object was asked to go; it goes once its finalizers are gone.</summary>
    [Field("deletionTimestamp", 9, Pointer = true)]
    public Time? DeletionTimestamp { get; set; }

    /// <summary>Seconds allowed for an orderly end.</summary>
    [Field("deletionGracePeriodSeconds", 10)]
    public long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>Names and values to select the object by.</summary>
    [Field("labels", 11)]
    public Dictionary<string, string>? Labels { get; set; }

    /// <summary>Names and values for tools, not to select by.</summary>
    [Field("annotations", 12)]
    public Dictionary<string, string>? Annotations { get; set; }

    /// <summary>The objects this one depends on; when all are gone, so is this one.</summary>
    [Field("ownerReferences", 13, ListType = "map", ListKeys = ["uid"], PatchStrategy = "merge", MergeKey = "uid")]
    public List<OwnerReference>? OwnerReferences { get; set; }

    /// <summary>Work to be done before the object may go; whoever did it removes its entry.</summary>
    [Field("finalizers", 14, ListType = "set", PatchStrategy = "merge")]
    public List<string>? Finalizers { get; set; }

    /// <summary>Which manager set which fields; server-side apply keeps it.</summary>
    [Field("managedFields", 17, ListType = "atomic")]
    public List<ManagedFieldsEntry>? ManagedFields { get; set; }
}

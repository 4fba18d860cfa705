namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta")]
public sealed partial class ObjectMeta : IApiType<ObjectMeta>
{
    [Field("name", 1)]
    public string Name { get; set; } = "";

    [Field("generateName", 2)]
    public string? GenerateName { get; set; }

    [Field("namespace", 3)]
    public string Namespace { get; set; } = "";

    [Field("selfLink", 4)]
    public string? SelfLink { get; set; }

    [Field("uid", 5)]
    public string Uid { get; set; } = "";

    [Field("resourceVersion", 6)]
    public string ResourceVersion { get; set; } = "";

    [Field("generation", 7)]
    public long Generation { get; set; }

    [Field("creationTimestamp", 8, OmitZero = true)]
    public Time? CreationTimestamp { get; set; }

    [Field("deletionTimestamp", 9, Pointer = true)]
    public Time? DeletionTimestamp { get; set; }

    [Field("deletionGracePeriodSeconds", 10)]
    public long? DeletionGracePeriodSeconds { get; set; }

    [Field("labels", 11)]
    public Dictionary<string, string>? Labels { get; set; }

    [Field("annotations", 12)]
    public Dictionary<string, string>? Annotations { get; set; }

    [Field("ownerReferences", 13, ListType = "map", ListKeys = ["uid"], PatchStrategy = "merge", MergeKey = "uid")]
    public List<OwnerReference>? OwnerReferences { get; set; }

    [Field("finalizers", 14, ListType = "set", PatchStrategy = "merge")]
    public List<string>? Finalizers { get; set; }

    [Field("managedFields", 17, ListType = "atomic")]
    public List<ManagedFieldsEntry>? ManagedFields { get; set; }
}

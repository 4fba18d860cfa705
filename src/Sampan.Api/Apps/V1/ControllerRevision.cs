using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>An immutable record of one state of a StatefulSet or DaemonSet, kept for rollbacks.</summary>
[ApiType("io.k8s.api.apps.v1.ControllerRevision")]
[Kind("apps", "v1", Plural = "controllerrevisions", Singular = "controllerrevision", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ControllerRevision : IObject<ControllerRevision>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The recorded state, in a form that only the owning controller needs to understand; immutable.</summary>
    [Field("data", 2)]
    public RawExtension Data { get; set; }

    /// <summary>Number of the state; higher is newer.</summary>
    [Field("revision", 3, Required = true)]
    public long Revision { get; set; }
}

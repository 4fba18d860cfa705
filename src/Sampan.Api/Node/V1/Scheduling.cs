using Sampan.Api.Core.V1;

namespace Sampan.Api.Node.V1;

/// <summary>Where pods of a runtime class may run.</summary>
[ApiType("io.k8s.api.node.v1.Scheduling")]
public sealed partial class Scheduling : IApiType<Scheduling>
{
    /// <summary>Labels of the nodes that have the runtime; added to the pod's own selector, and a contradiction is refused.</summary>
    [Field("nodeSelector", 1, MapType = "atomic")]
    public Dictionary<string, string>? NodeSelector { get; set; }

    /// <summary>Tolerations that pods of this class get in addition to their own.</summary>
    [Field("tolerations", 2, ListType = "atomic")]
    public List<Toleration>? Tolerations { get; set; }
}

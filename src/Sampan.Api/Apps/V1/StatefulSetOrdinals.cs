namespace Sampan.Api.Apps.V1;

/// <summary>How a StatefulSet's pods are numbered.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetOrdinals")]
public sealed partial class StatefulSetOrdinals : IApiType<StatefulSetOrdinals>
{
    /// <summary>Number of the first pod, the others following without gaps; 0 by default.</summary>
    [Field("start", 1, Always = true, Default = "0")]
    public int Start { get; set; }
}

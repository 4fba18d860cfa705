namespace Sampan.Proxy.Compile;

/// <summary>The ways in which a connection reaches a Service; each decides by itself who is masqueraded.</summary>
internal enum Traffic : byte
{
    /// <summary>To the cluster IP: masqueraded when it comes from outside the pod network.</summary>
    Cluster,

    /// <summary>To an external address or node port with policy Cluster: always masqueraded.</summary>
    External,

    /// <summary>The same with policy Local: never masqueraded, since the endpoint must see its client.</summary>
    Local,

    /// <summary>From this node or its pods to an external address with policy Local: served by the whole cluster.</summary>
    Inside,
}

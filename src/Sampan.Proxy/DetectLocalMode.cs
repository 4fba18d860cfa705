namespace Sampan.Proxy;

/// <summary>By what the traffic of pods is told from other traffic; the names are upstream's.</summary>
public enum DetectLocalMode
{
    /// <summary>By the addresses of all pods of the cluster.</summary>
    ClusterCIDR,

    /// <summary>By the addresses that the Node object gives to this node's pods.</summary>
    NodeCIDR,

    /// <summary>By the bridge that pods are attached to.</summary>
    BridgeInterface,

    /// <summary>By how the names of the pods' interfaces begin.</summary>
    InterfaceNamePrefix,
}
